import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requirePlatform } from '../../../src/criu/provide/platform.js';
import { requireTools } from '../../../src/criu/provide/tools.js';
import { temporaryDirectory } from '../fixtures.js';

/** A PATH with these programs only. */
function pathWith(...programs: string[]): string {
  const directory = temporaryDirectory();
  for (const program of programs) symlinkSync('/bin/true', join(directory, program));
  return directory;
}

function refusal(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

test('a missing patchelf is named with its package', () => {
  expect(refusal(() => requireTools(pathWith('apt-get', 'dpkg-deb', 'flock')))).toMatchObject({
    code: 'ERR_TUBTHUMP_SETUP_TOOL',
    message: 'patchelf not found: apt-get install patchelf',
  });
});

test('a system without apt is told that nothing can be unpacked for it', () => {
  expect(refusal(() => requireTools(pathWith('flock', 'patchelf')))).toMatchObject({
    code: 'ERR_TUBTHUMP_SETUP_TOOL',
    message: expect.stringContaining('no apt (apt-get, dpkg-deb not found)'),
  });
});

test('a system that has all of them passes', () => {
  requireTools(pathWith('apt-get', 'dpkg-deb', 'flock', 'patchelf'));
});

test.each([
  ['darwin', 'x64'],
  ['linux', 'arm64'],
])('%s on %s is refused', (platform, arch) => {
  expect(refusal(() => requirePlatform(platform, arch))).toMatchObject({
    code: 'ERR_TUBTHUMP_PLATFORM',
    message: expect.stringContaining(`${platform} on ${arch}`),
  });
});
