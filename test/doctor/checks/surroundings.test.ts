import { expect, test } from 'vitest';
import type { Check } from '../../../src/doctor/check.js';
import { kdat } from '../../../src/doctor/checks/kdat.js';
import { pidRange } from '../../../src/doctor/checks/pid-range.js';
import { seccomp } from '../../../src/doctor/checks/seccomp.js';
import { softDirty } from '../../../src/doctor/checks/soft-dirty.js';
import { timeNamespace } from '../../../src/doctor/checks/time-namespace.js';
import { userNamespace } from '../../../src/doctor/checks/user-namespace.js';
import { userfaultfd } from '../../../src/doctor/checks/userfaultfd.js';
import { yama } from '../../../src/doctor/checks/yama.js';
import { script } from '../../criu/fixtures.js';
import {
  ALL_CAPABILITIES,
  GOOD_CRIU,
  GOOD_FOUND,
  host,
  NO_CRIU,
  processStatus,
} from '../fixtures.js';

type Case = readonly [Check, string, Record<string, string>, string, RegExp];

const NONE = '0000000000000000';
const YAMA = 'proc/sys/kernel/yama/ptrace_scope';
const DISK = '/dev/vda / ext4 rw 0 0\nproc /proc proc rw 0 0\n';

const CASES: readonly Case[] = [
  [userNamespace, 'the initial one', { 'proc/self/uid_map': '0 0 4294967295\n' }, 'ok', /initial/],
  [
    userNamespace,
    'rootless',
    { 'proc/self/uid_map': '0 1000 1\n' },
    'warning',
    /user 1000 outside/,
  ],
  [seccomp, 'no filter', processStatus(), 'ok', /no filter/],
  [seccomp, 'a harmless filter', processStatus(NONE, 2), 'ok', /CRIU works under it/],
  [yama, 'not in the kernel', processStatus(), 'ok', /not in this kernel/],
  [yama, 'scope 1 for root', { ...processStatus(), [YAMA]: '1\n' }, 'ok', /ptrace_scope 1/],
  [yama, 'scope 1 without right', { ...processStatus(NONE), [YAMA]: '1\n' }, 'failure', /without/],
  [yama, 'scope 3 for root', { ...processStatus(), [YAMA]: '3\n' }, 'failure', /nobody/],
  [kdat, 'tmpfs', { 'proc/self/mounts': `${DISK}tmpfs /run tmpfs rw 0 0\n` }, 'ok', /tmpfs/],
  [kdat, 'disk', { 'proc/self/mounts': DISK }, 'warning', /probes the kernel/],
  [kdat, 'seeded', { 'proc/self/mounts': DISK, 'run/criu.kdat': 'x' }, 'ok', /seeded/],
  [
    kdat,
    'tmpfs elsewhere',
    { 'proc/self/mounts': `${DISK}tmpfs /runs tmpfs rw 0 0\n` },
    'warning',
    /not tmpfs/,
  ],
  [
    kdat,
    'stuck',
    { 'proc/self/mounts': `${DISK}tmpfs /run tmpfs rw 0 0\n`, 'run/criu.kdat.tmp': '' },
    'warning',
    /keeps CRIU from saving/,
  ],
  [timeNamespace, 'there', { 'proc/self/timens_offsets': 'monotonic 0 0\n' }, 'ok', /go on/],
  [timeNamespace, 'missing', {}, 'warning', /not in this kernel/],
  [pidRange, 'wide', { 'proc/sys/kernel/pid_max': '4194304\n' }, 'ok', /4194304/],
  [pidRange, 'narrow', { 'proc/sys/kernel/pid_max': '32768\n' }, 'warning', /old pids/],
];

for (const [check, situation, files, status, detail] of CASES) {
  test(`${check.name}: ${situation}`, async () => {
    const finding = await check.examine(host(files));
    expect(finding).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(finding.remedy === undefined).toBe(status === 'ok');
  });
}

test('seccomp: a filter under which CRIU fails', async () => {
  const machine = host(processStatus(ALL_CAPABILITIES, 2), { search: async () => NO_CRIU });
  expect(await seccomp.examine(machine)).toMatchObject({
    status: 'failure',
    remedy: expect.stringContaining('seccomp=unconfined'),
  });
});

/** A machine whose CRIU has, or has not, all features. */
function featured(has: boolean, files: Record<string, string>) {
  const path = script(`exit ${has ? 0 : 1}`);
  return host(files, { search: async () => ({ ...GOOD_CRIU, found: { ...GOOD_FOUND, path } }) });
}

const SYSCTL = 'proc/sys/vm/unprivileged_userfaultfd';

test.each([
  ['rights', true, processStatus(), 'ok'],
  ['no rights', true, processStatus(NONE), 'warning'],
  ['the sysctl', true, { ...processStatus(NONE), [SYSCTL]: '1\n' }, 'ok'],
  ['no such feature', false, processStatus(), 'warning'],
])('userfaultfd: %s', async (_, has, files, status) => {
  expect(await userfaultfd.examine(featured(has, files))).toMatchObject({ status });
});

test.each([
  [true, 'ok'],
  [false, 'warning'],
])('soft-dirty: %s is %s', async (has, status) => {
  expect(await softDirty.examine(featured(has, {}))).toMatchObject({ status });
});

test('soft-dirty: nobody knows without CRIU', async () => {
  const finding = await softDirty.examine(host({}, { search: async () => NO_CRIU }));
  expect(finding).toMatchObject({ status: 'warning', detail: 'unknown without CRIU' });
});
