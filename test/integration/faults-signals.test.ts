import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askCheckpoint, askState } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { mark, marked } from './traces.js';

const COMMAND = [process.execPath, resolve('test/fixtures/misbehaving.mjs')];
const KILLED = { status: null, signal: 'SIGTERM' } as const;

async function start(HOOK: string, more: NodeJS.ProcessEnv = {}) {
  const images = join(temporaryDirectory(), 'image');
  const environment = { HOOK, ...more, ...mark() };
  return { images, environment, ...(await startService(COMMAND, [], environment)) };
}

async function image() {
  const service = await start('none');
  await askCheckpoint(service.pid, { images: service.images, leaveRunning: false });
  await exitOf(service.child);
  return service;
}

describe('SIGTERM to the launcher', () => {
  it('during the hooks: the service ends, and there is no image', async () => {
    const service = await start('slow');
    const asked = askCheckpoint(service.pid, { images: service.images }).catch(({ code }) => code);
    await waitForOutput(service, /hook begins/);
    expect(await end(service.child)).toEqual(KILLED);
    expect(await asked).toBe('ERR_TUBTHUMP_SERVICE_ENDED');
    expect(readdirSync(dirname(service.images))).toEqual([]);
    await expect.poll(() => marked(service.environment)).toEqual([]);
  });

  it('during the hooks, with a handler of the application: that is called', async () => {
    const service = await start('slow', { GRACEFUL: '1' });
    void askCheckpoint(service.pid, { images: service.images }).catch(() => {});
    await waitForOutput(service, /hook begins/);
    expect(await end(service.child)).toEqual({ status: 0, signal: null });
    expect(service.output()).toContain('told to stop');
    expect(existsSync(service.images)).toBe(false);
  });

  it('while requests finish: the service ends, and there is no image', async () => {
    const service = await start('none');
    const request = connect(service.port, '127.0.0.1');
    request.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await waitForOutput(service, /slow request/);
    const asked = askCheckpoint(service.pid, { images: service.images, graceMs: 60_000 }).catch(
      ({ code }) => code,
    );
    await waitForOutput(service, /hook begins/);
    await expect
      .poll(() => askState(service.pid))
      .toEqual({
        pid: service.pid,
        state: 'checkpointing',
      });
    expect(await end(service.child)).toEqual(KILLED);
    expect(await asked).toBe('ERR_TUBTHUMP_SERVICE_ENDED');
    request.destroy();
    expect(readdirSync(dirname(service.images))).toEqual([]);
    await expect.poll(() => marked(service.environment)).toEqual([]);
  });

  it('during the dump: it is told afterwards, and the image knows nothing of it', async () => {
    const service = await start('none', { GRACEFUL: '1' });
    const parent = dirname(service.images);
    void askCheckpoint(service.pid, { images: service.images }).catch(() => {});
    // CRIU writes: everything is frozen.
    await expect.poll(() => readdirSync(parent), { interval: 1 }).not.toEqual([]);
    expect(await end(service.child)).toEqual({ status: 0, signal: null });
    expect(service.output()).toContain('told to stop');
    await expect.poll(() => marked(service.environment)).toEqual([]);

    expect(readdirSync(parent)).toEqual(['image']);
    const copy = launch(['restore', service.images]);
    expect(await get(service.port)).toMatchObject({ journal: ['restored'] });
    expect(copy.output()).not.toContain('told to stop');
    await end(copy.child);
  });

  it.each([0, 5, 10, 15, 20, 30])('%i ms after a restore began: nothing is left', async (ms) => {
    // The copy has the environment of the start in /proc, the launcher and CRIU have ours.
    const { images, environment } = await image();
    const copy = launch(['restore', images], environment);
    await sleep(ms);
    expect(await end(copy.child)).toEqual(KILLED);
    await expect.poll(() => marked(environment)).toEqual([]);
  });

  it.each(['resumed', 'restored'])(
    'during the hooks of a process that is %s: it ends',
    async (why) => {
      const service = await start('slow-after');
      const leaveRunning = why === 'resumed';
      void askCheckpoint(service.pid, { images: service.images, leaveRunning }).catch(() => {});
      if (!leaveRunning) await exitOf(service.child);
      const { images, environment } = service;
      const going = leaveRunning ? service : launch(['restore', images], environment);
      await waitForOutput(going, /hook after begins/);
      expect(await end(going.child)).toEqual(KILLED);
      await expect.poll(() => marked(environment)).toEqual([]);
      expect(existsSync(join(images, 'manifest.json'))).toBe(true);
    },
  );

  it('after a restore: the copy ends', async () => {
    const { images, port, environment } = await image();
    const copy = launch(['restore', images], environment);
    await get(port);
    expect(await end(copy.child)).toEqual(KILLED);
    await expect.poll(() => marked(environment)).toEqual([]);
  });
});
