import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishDirectory, publishFile, switchLink } from '../../../src/criu/provide/publish.js';
import { temporaryDirectory } from '../fixtures.js';

function directoryWith(content: string, path: string): string {
  mkdirSync(path);
  writeFileSync(join(path, 'file'), content);
  return path;
}

test('a directory takes the place of an older one', () => {
  const root = temporaryDirectory();
  const destination = directoryWith('old', join(root, '4.2.1-1'));
  publishDirectory(directoryWith('new', join(root, 'unfinished')), destination);
  expect(readFileSync(join(destination, 'file'), 'utf8')).toBe('new');
  expect(readdirSync(root)).toEqual(['4.2.1-1']);
});

test('a link is switched, and leaves nothing beside it', () => {
  const root = temporaryDirectory();
  switchLink(join(root, 'current'), join(root, 'a'));
  switchLink(join(root, 'current'), join(root, 'b'));
  expect(readlinkSync(join(root, 'current'))).toBe('b');
  expect(readdirSync(root)).toEqual(['current']);
});

test('a file is replaced, in a directory that is made if need be', () => {
  const root = temporaryDirectory();
  const file = join(root, 'deep', 'criu.path');
  publishFile(file, 'a');
  publishFile(file, 'b');
  expect(readFileSync(file, 'utf8')).toBe('b');
  expect(readdirSync(join(root, 'deep'))).toEqual(['criu.path']);
});
