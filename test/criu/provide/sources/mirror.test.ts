import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { systemMirror } from '../../../../src/criu/provide/sources/mirror.js';
import { temporaryDirectory } from '../../fixtures.js';

/** A root directory with these files. */
function root(files: Record<string, string>): string {
  const directory = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

test('passes over security archives and third parties', () => {
  const system = root({
    'etc/apt/sources.list.d/a-security.list':
      'deb http://security.example/debian-security bookworm-security main\n',
    'etc/apt/sources.list.d/b-vendor.list': 'deb http://vendor.example/node nodistro main\n',
    'etc/apt/sources.list.d/c.sources':
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k/debian.gpg\n',
  });
  expect(systemMirror(system)).toEqual({
    uri: 'http://mirror.example/debian',
    signedBy: '/k/debian.gpg',
  });
});

test("without Signed-By, Debian's own keyring is used", () => {
  const keyring = 'usr/share/keyrings/debian-archive-keyring.gpg';
  const system = root({
    'etc/apt/sources.list': 'deb http://mirror.example/debian trixie main\n',
    [keyring]: '',
  });
  expect(systemMirror(system).signedBy).toBe(join(system, keyring));
});

test('without any keyring, apt has to trust by itself', () => {
  const system = root({ 'etc/apt/sources.list': 'deb http://mirror.example/debian sid main\n' });
  expect(systemMirror(system).signedBy).toBeUndefined();
});

test.each([
  ['no apt at all', {}],
  ['a disc only', { 'etc/apt/sources.list': 'deb cdrom:[Debian 12]/ bookworm main\n' }],
  ['another distribution', { 'etc/apt/sources.list': 'deb http://m.example/ubuntu noble main\n' }],
  ['sources only', { 'etc/apt/sources.list': 'deb-src http://m.example/debian sid main\n' }],
  ['disabled files', { 'etc/apt/sources.list.d/x.list.off': 'deb http://m.example sid main\n' }],
])('%s is an error with a code', (_, files) => {
  expect(() => systemMirror(root(files))).toThrow(
    expect.objectContaining({ code: 'ERR_TUBTHUMP_SETUP_MIRROR' }),
  );
});

test('this machine has one', () => {
  expect(systemMirror().uri).toMatch(/:/);
});
