import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { criuCache } from '../../../src/criu/cache.js';
import { criu_req } from '../../../src/rpc/generated/rpc.js';
import { encodeOptions, inheritedBy } from '../../../src/rpc/options/encode.js';
import type { Row } from '../../../src/rpc/options/row.js';
import { NOT_OFFERED, TABLE } from '../../../src/rpc/options/table.js';

const surroundings = { directory: () => 11, inherited: (fd: number) => fd + 100 };

/** For each option a value, and what CRIU has to receive; where it is the same, it stands alone. */
const EXAMPLES: Record<keyof typeof TABLE, readonly [given: unknown, sent?: unknown]> = {
  imagesDir: ['/images', 11],
  workDir: ['/work', 11],
  parentImg: ['../1'],
  logLevel: [4],
  logFile: ['x.log'],
  displayStats: [true],
  configFile: ['/etc/criu/x.conf'],
  unprivileged: [true],
  statusFd: [9],
  pid: [7],
  leaveRunning: [true],
  leaveStopped: [true],
  freezeTimeout: [30],
  freezeCgroup: ['/sys/fs/cgroup/freezer/x'],
  pidfdStoreSk: [8],
  shellJob: [true],
  orphanPtsMaster: [true],
  rstSibling: [true],
  execCmd: [['/bin/echo', 'done']],
  cpuCap: [['fpu', 'ins'], 5],
  pageServer: [{ address: '10.0.0.1', port: 7000 }],
  trackMem: [true],
  preDumpMode: ['read', 2],
  autoDedup: [true],
  lazyPages: [true],
  tls: [true],
  tlsCacert: ['ca.pem'],
  tlsCacrl: ['crl.pem'],
  tlsCert: ['cert.pem'],
  tlsKey: ['key.pem'],
  tlsNoCnVerify: [true],
  tcpEstablished: [true],
  tcpClose: [true],
  tcpSkipInFlight: [true],
  networkLock: ['skip', 3],
  extUnixSk: [true],
  unixSkIno: [[7], [{ inode: 7 }]],
  emptyNs: ['net', 0x40000000],
  joinNs: [[{ ns: 'user', file: 7, extra: '0,0' }], [{ ns: 'user', nsFile: '7', extraOpt: '0,0' }]],
  veths: [[{ inside: 'eth0', outside: 'veth1' }], [{ ifIn: 'eth0', ifOut: 'veth1' }]],
  weakSysctls: [true],
  external: [['unix[7]']],
  inheritFd: [[{ key: 'socket:[7]', fd: 5 }], [{ key: 'socket:[7]', fd: 105 }]],
  fileLocks: [true],
  linkRemap: [true],
  ghostLimit: [4096],
  evasiveDevices: [true],
  skipFileRwxCheck: [true],
  forceIrmap: [true],
  irmapScanPaths: [['/etc']],
  root: ['/mnt'],
  extMnt: [[{ key: '/data', value: 'd' }], [{ key: '/data', val: 'd' }]],
  autoExtMnt: [true],
  extSharing: [true],
  extMasters: [true],
  skipMnt: [['/proc']],
  enableFs: [['all']],
  mntnsCompatMode: [true],
  lsmProfile: ['apparmor:x'],
  lsmMountContext: ['system_u:object_r:x'],
  manageCgroups: ['soft', 3],
  cgRoot: [[{ controller: 'memory', path: '/x' }], [{ ctrl: 'memory', path: '/x' }]],
  cgroupProps: ['"c1":'],
  cgroupPropsFile: ['/props'],
  cgroupDumpController: [['memory']],
  cgroupYard: ['/yard'],
};

test.each(Object.entries(EXAMPLES))(
  '%s arrives in its own field',
  (name, [given, sent = given]) => {
    const opts = encodeOptions({ [name]: given }, surroundings);
    const { field, kind }: Row = TABLE[name as keyof typeof TABLE];
    expect(kind.accepts(given)).toBe(true);
    const arrived = criu_req.decode(criu_req.encode({ type: 1, opts }).finish()).opts ?? {};
    // A decoded message has an empty array for every repeated field.
    const present = Object.entries(arrived).filter(([, value]) => !isEmpty(value));
    expect(JSON.parse(JSON.stringify(present.sort()))).toEqual(
      Object.entries({ imagesDirFd: -1, [field]: sent }).sort(),
    );
  },
);

test('every option of the installed CRIU is one of ours, or left out for a reason', () => {
  const { root } = protobuf.parse(readFileSync(criuCache().proto, 'utf8'), { keepCase: true });
  const offered = Object.values<Row>(TABLE).map(({ field }) => underscored(field));
  expect([...offered, ...Object.keys(NOT_OFFERED)].sort()).toEqual(
    Object.keys(root.lookupType('criu_opts').fields).sort(),
  );
});

test('every option says what it means, and since which CRIU', () => {
  const directory = 'src/rpc/options';
  const sources = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
  const documented = sources.flatMap((source) => [
    ...source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(\w+): \{\s+field:/g),
  ]);
  expect(documented.map(([, , name]) => name).sort()).toEqual(Object.keys(TABLE).sort());
  for (const [, text = '', name] of documented) {
    const row: Row = TABLE[name as keyof typeof TABLE];
    const since = row.swrkOnly ? /\(CRIU \d+\.\d+(\.\d+)?, swrk only\)/ : /\(CRIU \d+\.\d+\)/;
    expect(text.replace(/\s+\*?\s*/g, ' '), name).toMatch(since);
  }
});

test('a descriptor of ours in an option is inherited, and sent by its number in swrk', () => {
  const options = { pageServer: { fd: 7 }, inheritFd: [{ key: 'x', fd: 5 }] };
  expect(inheritedBy(options)).toEqual([7, 5]);
  expect(encodeOptions(options, surroundings)).toMatchObject({ ps: { fd: 107 } });
});

test('no two options share a field', () => {
  const fields = Object.values(TABLE).map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
});

test('the number of the image directory is sent even when it is not given', () => {
  expect(encodeOptions({}, surroundings)).toEqual({ imagesDirFd: -1 });
});

function underscored(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
