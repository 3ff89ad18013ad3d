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
