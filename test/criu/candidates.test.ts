import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { binaryIn } from '../../src/criu/cache.js';
import { candidates } from '../../src/criu/candidates.js';
import { script, temporaryCache } from './fixtures.js';

test('come in the order option, TUBTHUMP_CRIU, PATH, private prefix', () => {
  const cache = temporaryCache();
  const prefix = binaryIn(cache.current);
  mkdirSync(dirname(prefix), { recursive: true });
  writeFileSync(prefix, '');
  const inPath = script('exit 0');
  const environment = { TUBTHUMP_CRIU: '/opt/b/criu', PATH: `/nowhere:${dirname(inPath)}` };

  expect(candidates({ option: '/opt/a/criu', environment, cache })).toEqual([
    { source: 'option', path: '/opt/a/criu' },
    { source: 'TUBTHUMP_CRIU', path: '/opt/b/criu' },
    { source: 'PATH', path: inPath },
    { source: 'private prefix', path: prefix },
  ]);
});

test('leave out what is not there, and files in PATH that are not executable', () => {
  const cache = temporaryCache();
  mkdirSync(cache.root, { recursive: true });
  writeFileSync(`${cache.root}/criu`, '', { mode: 0o644 });
  const found = candidates({ environment: { PATH: cache.root }, cache });
  expect(found.filter(({ path }) => path.startsWith(cache.root))).toEqual([]);
});
