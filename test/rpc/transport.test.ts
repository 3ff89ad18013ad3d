import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { addonPath } from '../../src/native/package.js';
import { CriuClient } from '../../src/rpc/index.js';
import { script, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, sessionDescriptors } from './fake-swrk.js';

/** See native/test/programs/deaf_service.cpp. */
async function startDeafService(): Promise<string> {
  const socket = join(temporaryDirectory(), 'deaf.socket');
  const program = resolve('build/Release/deaf_service');
  const child = spawn(program, [socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return socket;
}

test('a service that accepts nobody is ERR_TUBTHUMP_RPC_TIMEOUT', async () => {
  const client = new CriuClient({ service: await startDeafService() });
  const error = await errorOf(client.version({ timeoutMs: 30 }));
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_TIMEOUT');
});

test('waiting for a service can be aborted', async () => {
  const client = new CriuClient({ service: await startDeafService() });
  const before = sessionDescriptors();
  const controller = new AbortController();
  const pending = client.version({ signal: controller.signal, timeoutMs: 1000 });
  setImmediate(() => controller.abort());
  expect((await errorOf(pending)).code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
  await expect.poll(sessionDescriptors, { timeout: 10_000 }).toEqual(before);
});

test('a process that waits for a service can exit', async () => {
  const service = await startDeafService();
  const script = `
    require(${JSON.stringify(addonPath())}).connectService(${JSON.stringify(service)}, 2 ** 31 - 1);
    setImmediate(() => process.exit(7));`;
  const run = promisify(execFile)(process.execPath, ['-e', script]);
  await expect(run).rejects.toMatchObject({ code: 7, signal: null });
});

test('swrk has a standard input and output: it would take their numbers for files of its own', async () => {
  const said = join(temporaryDirectory(), 'said');
  const criu = script(`for fd in 0 1 2 3; do [ -e /proc/$$/fd/$fd ] && echo $fd >> ${said}; done`);
  await errorOf(new CriuClient({ criu }).version());
  expect(readFileSync(said, 'utf8')).toBe('0\n1\n2\n3\n');
});
