import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thisMachine } from '../../scripts/bootstrap/machine.mjs';
import { temporaryDirectory } from '../criu/fixtures.js';

function rootWith(osRelease: string): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc/os-release'), osRelease);
  return root;
}

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', true],
  ['PRETTY_NAME="Ubuntu 24.04"\nID=ubuntu\nID_LIKE=debian\n', true],
  ['PRETTY_NAME="Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['PRETTY_NAME="Fedora Linux 44"\nID=fedora\n', false],
  ['', false],
])('of %j is of Debian: %s', (text, isDebian) => {
  expect(thisMachine(rootWith(text)).isDebian).toBe(isDebian);
});

test('has a name for people', () => {
  const { distribution } = thisMachine(rootWith('PRETTY_NAME="Fedora Linux 44"\nID=fedora\n'));
  expect(distribution).toBe('Fedora Linux 44');
});

test('knows programs of PATH and files', () => {
  const here = thisMachine();
  expect(here.hasProgram('sh')).toBe(true);
  expect(here.hasProgram('no-such-program')).toBe(false);
  expect(here.hasFile('/proc/self/status')).toBe(true);
  expect(here.hasFile('/nowhere')).toBe(false);
});
