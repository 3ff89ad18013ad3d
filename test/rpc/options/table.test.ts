import { expect, test } from 'vitest';
import { criu_req } from '../../../src/rpc/generated/rpc.js';
import { encodeOptions } from '../../../src/rpc/options/check.js';
import { TABLE } from '../../../src/rpc/options/table.js';

const surroundings = { directory: () => 11, inherited: (fd: number) => fd + 100 };

/** For each kind of option a value, and what CRIU has to receive. */
const EXAMPLES: Record<keyof typeof TABLE, readonly [given: unknown, sent: unknown]> = {
  imagesDir: ['/images', 11],
  workDir: ['/work', 11],
  logLevel: [4, 4],
  logFile: ['x.log', 'x.log'],
  pid: [7, 7],
  leaveRunning: [true, true],
  leaveStopped: [true, true],
  shellJob: [true, true],
  unprivileged: [true, true],
  root: ['/mnt', '/mnt'],
  tcpEstablished: [true, true],
  tcpClose: [true, true],
  tcpSkipInFlight: [true, true],
  networkLock: ['skip', 3],
  extUnixSk: [true, true],
  fileLocks: [true, true],
  linkRemap: [true, true],
  ghostLimit: [4096, 4096],
  skipFileRwxCheck: [true, true],
  external: [['unix[7]'], ['unix[7]']],
  inheritFd: [[{ key: 'socket:[7]', fd: 5 }], [{ key: 'socket:[7]', fd: 105 }]],
  rstSibling: [true, true],
  manageCgroups: ['soft', 3],
};

test.each(Object.entries(EXAMPLES))('%s arrives in its own field', (name, [given, sent]) => {
  const opts = encodeOptions({ [name]: given }, surroundings);
  const { field, kind } = TABLE[name as keyof typeof TABLE];
  expect(kind.accepts(given)).toBe(true);
  const arrived = criu_req.decode(criu_req.encode({ type: 1, opts }).finish()).opts ?? {};
  // A decoded message has an empty array for every repeated field.
  const present = Object.entries(arrived).filter(([, value]) => !isEmpty(value));
  expect(JSON.parse(JSON.stringify(present.sort()))).toEqual(
    Object.entries({ imagesDirFd: -1, [field]: sent }).sort(),
  );
});

test('no two options share a field', () => {
  const fields = Object.values(TABLE).map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
});

test('the number of the image directory is sent even when it is not given', () => {
  expect(encodeOptions({}, surroundings)).toEqual({ imagesDirFd: -1 });
});

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
