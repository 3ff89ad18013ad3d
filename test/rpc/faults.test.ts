import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DumpOptions } from '../../src/rpc/index.js';
import { temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, fakeClient, noneLeft, sessionDescriptors } from './fake-swrk.js';

let before: string[];

beforeEach(async () => {
  // Loads the addon and what it keeps open.
  await fakeClient('success-with-message').version();
  before = sessionDescriptors();
});

afterEach(async () => {
  expect(sessionDescriptors()).toEqual(before);
  expect(await noneLeft()).toBe(true);
});

function dump(behaviour: string, options: Partial<DumpOptions> = {}) {
  return fakeClient(behaviour).dump({ pid: 1, imagesDir: temporaryDirectory(), ...options });
}

test.each([
  ['eof-at-once', 'ERR_TUBTHUMP_RPC_CLOSED'],
  ['eof', 'ERR_TUBTHUMP_RPC_CLOSED'],
  ['eof-after-notification', 'ERR_TUBTHUMP_RPC_CLOSED'],
  ['killed', 'ERR_TUBTHUMP_RPC_CLOSED'],
  ['garbage', 'ERR_TUBTHUMP_RPC_GARBAGE'],
  ['truncated', 'ERR_TUBTHUMP_RPC_GARBAGE'],
  ['empty', 'ERR_TUBTHUMP_RPC_GARBAGE'],
  ['without-required-field', 'ERR_TUBTHUMP_RPC_GARBAGE'],
  ['wrong-type', 'ERR_TUBTHUMP_RPC_UNEXPECTED'],
  ['failure', 'ERR_TUBTHUMP_DUMP_FAILED'],
  ['refused-as-empty', 'ERR_TUBTHUMP_DUMP_FAILED'],
])('%s is %s', async (behaviour, code) => {
  const error = await errorOf(dump(behaviour));
  expect(error.code).toBe(code);
  expect(error.message).toContain('dump of pid 1');
});

test('the code of a refusal is that of the operation', async () => {
  const client = fakeClient('failure');
  const restored = await errorOf(client.restore({ imagesDir: temporaryDirectory() }));
  expect(restored.code).toBe('ERR_TUBTHUMP_RESTORE_FAILED');
  expect((await errorOf(client.version())).code).toBe('ERR_TUBTHUMP_RPC_REFUSED');
});

test('a refusal has its errno, and its message where the log says nothing', async () => {
  const error = await errorOf(dump('failure'));
  expect(error).toMatchObject({ errno: 56, message: 'dump of pid 1 failed: no such thing' });
});

test('the log knows better than the message', async () => {
  const error = await errorOf(dump('failure-with-log'));
  expect(error.message).toBe('dump of pid 1 failed: sk-inet.c:188: inet: Connected TCP socket');
  expect(error.log).toContain('RLIMIT_NOFILE');
});

test('a message is no proof of failure', async () => {
  expect(await dump('success-with-message')).toEqual({ restored: false });
});

test('an answer of several megabytes arrives whole', async () => {
  const response = await fakeClient('large').request({ type: 'CHECK' });
  expect(response.crErrmsg).toHaveLength(3 << 20);
});

test('fields of a later CRIU are no error', async () => {
  expect(await fakeClient('unknown-field').version()).toMatchObject({ major: 4, minor: 2 });
});

test('silence is ERR_TUBTHUMP_RPC_TIMEOUT', async () => {
  const error = await errorOf(dump('silent', { timeoutMs: 30, graceMs: 30 }));
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_TIMEOUT');
  expect(error.message).toContain('within 30 ms');
});

test('a binary that is not there is ERR_TUBTHUMP_CRIU_NOT_FOUND, one that is no program _SPAWN', async () => {
  const { CriuClient } = await import('../../src/rpc/index.js');
  const missing = await errorOf(new CriuClient({ criu: '/nowhere/criu' }).version());
  expect(missing.code).toBe('ERR_TUBTHUMP_CRIU_NOT_FOUND');
  const wrong = await errorOf(new CriuClient({ criu: '/etc/passwd' }).version());
  expect(wrong.code).toBe('ERR_TUBTHUMP_CRIU_SPAWN');
});

test('a service that is not there is ERR_TUBTHUMP_RPC_CONNECT', async () => {
  const { CriuClient } = await import('../../src/rpc/index.js');
  const error = await errorOf(new CriuClient({ service: '/nowhere/criu.socket' }).version());
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_RPC_CONNECT', errno: 2 });
});
