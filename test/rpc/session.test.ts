import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { loadAddon } from '../../src/native/load.js';
import { addonPath } from '../../src/native/package.js';
import { FAKE_SWRK, noneLeft } from './fake-swrk.js';

const addon = loadAddon();
const run = promisify(execFile);

afterEach(async () => {
  expect(await noneLeft()).toBe(true);
});

function spawn(behaviour: string) {
  return addon.spawnSwrk(FAKE_SWRK, [`FAKE_SWRK=${behaviour}`], [], -1, true);
}

test('the JS thread goes on while an answer is awaited', async () => {
  const session = await spawn('silent');
  const pending = session.receive(-1).catch((error: unknown) => error);
  for (let ticks = 0; ticks < 10; ticks++) await sleep(1);
  session.cancel();
  expect(await pending).toMatchObject({ code: 'ERR_TUBTHUMP_RPC_ABORTED' });
  session.kill();
  session.close();
});

test('more pending receives than libuv has threads leave file reads alone', async () => {
  const sessions = await Promise.all(Array.from({ length: 8 }, () => spawn('silent')));
  const pending = sessions.map((session) => session.receive(-1).catch((error: unknown) => error));
  expect(await readFile('/proc/self/comm', 'utf8')).not.toBe('');
  for (const session of sessions) {
    session.kill();
    session.close();
  }
  for (const error of await Promise.all(pending)) {
    expect(error).toMatchObject({ code: expect.stringMatching(/_(ABORTED|CLOSED)$/) });
  }
});

test('a receive ends at its time limit', async () => {
  const session = await spawn('silent');
  await expect(session.receive(20)).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_RPC_TIMEOUT' });
  session.kill();
  session.close();
});

test('a closed session says so, and may be closed again', async () => {
  const session = await spawn('silent');
  session.kill();
  session.close();
  session.close();
  session.cancel();
  session.kill();
  expect(() => session.receive(-1)).toThrow('the session was closed');
  expect(session.pid).toBe(0);
});

test('its class makes no sessions', async () => {
  const session = await spawn('eof-at-once');
  const Class = session.constructor as new (...args: unknown[]) => unknown;
  expect(() => new Class()).toThrow('Illegal constructor');
  expect(() => new Class({})).toThrow('Illegal constructor');
  session.close();
});

test('an unclosed session is closed when it is garbage', async () => {
  const script = `
    const addon = require(${JSON.stringify(addonPath())});
    const { readdirSync } = require('node:fs');
    const count = () => readdirSync('/proc/self/fd').length;
    const open = () => addon.spawnSwrk(${JSON.stringify(FAKE_SWRK)}, ['FAKE_SWRK=eof-at-once'], [], -1, true);
    (async () => {
      const before = count();
      for (let i = 0; i < 20; i++) await open();
      if (count() < before + 20) throw new Error('they were not open');
      for (let tries = 0; count() > before && tries < 500; tries++) {
        gc();
        await new Promise(setImmediate);
      }
      console.log(count() - before);
    })();`;
  const { stdout } = await run(process.execPath, ['--expose-gc', '-e', script]);
  expect(stdout).toBe('0\n');
});

test.each([
  ['a process that exits', 'process.exit(7)'],
  ['a worker that is terminated', 'worker.terminate().then(() => process.exit(7))'],
])('%s with a pending receive ends cleanly', async (_, ending) => {
  const pending = `
    const addon = require(${JSON.stringify(addonPath())});
    addon.spawnSwrk(${JSON.stringify(FAKE_SWRK)}, ['FAKE_SWRK=eof-after-notification'], [], -1, true)
      .then((session) => { session.receive(-1); tell(); });`;
  const script = ending.startsWith('worker')
    ? `const { Worker } = require('node:worker_threads');
       const code = ${JSON.stringify(`const tell = () => require('node:worker_threads').parentPort.postMessage(1);${pending}`)};
       const worker = new Worker(code, { eval: true });
       worker.on('message', () => ${ending});`
    : `const tell = () => setTimeout(() => ${ending}, 5);${pending}`;
  await expect(run(process.execPath, ['-e', script])).rejects.toMatchObject({
    code: 7,
    signal: null,
  });
});
