import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { firstError, logTail } from '../../src/criu/log.js';

test('the first error that explains something is found', () => {
  const log = [
    "(00.000) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self",
    '(00.001) Warn  (criu/kerndat.c:1): something minor',
    '(00.002) Error (criu/sk-inet.c:188): inet: Connected TCP socket',
    '(00.003) Error (criu/cr-dump.c:2111): Dumping FAILED.',
  ].join('\n');
  expect(firstError(log)).toBe('sk-inet.c:188: inet: Connected TCP socket');
});

test('a log without errors has none', () => {
  expect(firstError('(00.001) Warn  (criu/x.c:1): nothing')).toBeUndefined();
});

test('a log that was never written is empty', () => {
  expect(logTail('/nowhere/dump.log')).toBe('');
});

test.each([
  ["(00.000) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self", ''],
  ['(00.003) Error (criu/cr-dump.c:2111): Dumping FAILED.', ''],
  ['(00.003) Error (criu/cr-restore.c:2): Restoring FAILED.', ''],
  ['(00.001) Error (criu/util.c:657): exited, status=127', ''],
  ['(00.002)     12: Error (criu/files-reg.c:2121): bad size', 'files-reg.c:2121: bad size'],
  ['Error (a place without directory): x: y', 'a place without directory: x: y'],
  ['Error (cut off', ''],
  ['', ''],
])('the launcher reads %j alike', (log, error) => {
  const program = resolve('build/Release/rpc_codec');
  expect(execFileSync(program, ['first-error'], { input: log, encoding: 'utf8' })).toBe(error);
  expect(firstError(log) ?? '').toBe(error);
});
