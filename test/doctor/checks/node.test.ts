import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { ioUring } from '../../../src/doctor/checks/io-uring.js';
import { node } from '../../../src/doctor/checks/node.js';
import { protectionKeys } from '../../../src/doctor/checks/protection-keys.js';
import { script } from '../../criu/fixtures.js';
import { host } from '../fixtures.js';

/** PATH with a program `node` that calls itself this version. */
function pathTo(version: string): { PATH: string } {
  return { PATH: dirname(script(`echo v${version}`, 'node')) };
}

test.each([
  ['20.19.0', 'ok'],
  ['24.21.0', 'ok'],
  ['21.0.0', 'warning'],
  ['20.18.1', 'failure'],
  ['18.20.4', 'failure'],
])('Node %s: %s', async (version, status) => {
  expect(await node.examine(host({}, { node: version }))).toMatchObject({ status });
});

test('Node: others in PATH are found, and something broken of that name is not one', async () => {
  const environment = { PATH: `${pathTo('22.23.3').PATH}:${dirname(script('exit 1', 'node'))}` };
  const { detail } = await node.examine(host({}, { environment }));
  expect(detail).toMatch(/^24\.21\.0 \(running\), 22\.23\.3 \(\/.*\/node\)$/);
});

const SYSCTL = 'proc/sys/kernel/io_uring_disabled';

test.each([
  ['disabled', { [SYSCTL]: '2\n' }, '24.21.0', 'ok'],
  ['enabled, Node 20', { [SYSCTL]: '0\n' }, '20.20.2', 'ok'],
  ['enabled, Node 24', { [SYSCTL]: '0\n' }, '24.21.0', 'warning'],
  ['for a group, Node 22', { [SYSCTL]: '1\n' }, '22.23.3', 'warning'],
  ['a kernel without the setting, Node 26', {}, '26.10.0', 'warning'],
])('io_uring: %s', async (_, files, version, status) => {
  expect(await ioUring.examine(host(files, { node: version }))).toMatchObject({ status });
});

test('io_uring: a Node in PATH counts as well', async () => {
  const machine = host({}, { node: '20.20.2', environment: pathTo('26.10.0') });
  expect(await ioUring.examine(machine)).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('26.10.0'),
    remedy: expect.stringContaining('tubthump run'),
  });
});

test.each([
  ['fpu pku ospke', '20.20.2', 'warning'],
  ['fpu pku ospke', '22.23.3', 'ok'],
  ['fpu pku', '20.20.2', 'ok'],
])('protection keys: CPU with %s, Node %s', async (flags, version, status) => {
  const files = { 'proc/cpuinfo': `processor\t: 0\nflags\t\t: ${flags}\n` };
  expect(await protectionKeys.examine(host(files, { node: version }))).toMatchObject({ status });
});
