import { expect, test } from 'vitest';
import {
  formatVersion,
  isAtLeast,
  MINIMUM,
  parseVersion,
  readVersion,
} from '../../src/criu/version.js';
import { realCriu, script } from './fixtures.js';

test.each([
  ['Version: 4.2.1\n', { major: 4, minor: 2, patch: 1 }],
  ['Version: 4.2\nGitID: v4.2\n', { major: 4, minor: 2, patch: 0 }],
  ['Version: 3.17.1\n', { major: 3, minor: 17, patch: 1 }],
  ['criu 4.2\n', null],
  ['', null],
])('%j is %j', (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test.each([
  ['3.17.1', false],
  ['4.1.1', false],
  ['4.2', true],
  ['4.2.1', true],
  ['4.10', true],
  ['5.0', true],
])('%s is recent enough: %s', (text, expected) => {
  const version = parseVersion(`Version: ${text}`);
  expect(version && isAtLeast(version, MINIMUM)).toBe(expected);
});

test('a patch level of 0 is not printed', () => {
  expect(formatVersion({ major: 4, minor: 2, patch: 0 })).toBe('4.2');
  expect(formatVersion({ major: 4, minor: 2, patch: 1 })).toBe('4.2.1');
});

test('the real CRIU tells its version', async () => {
  const version = await readVersion(await realCriu());
  expect(version).toMatchObject({ major: expect.any(Number) });
});

test('a program that does not start is explained', async () => {
  expect(await readVersion('/nowhere/criu')).toBe('cannot be started (ENOENT)');
});

test('a program that is not CRIU is explained with what it says', async () => {
  const broken = script('echo "error while loading shared libraries: libnet.so.9" >&2; exit 127');
  expect(await readVersion(broken)).toContain('libnet.so.9');
});
