import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, launch, temporaryDirectory, waitForOutput } from './harness.js';
import { Load } from './load.js';
import { ask, freePort, type Servers, serverOfOurs, startServers } from './servers.js';

async function imageOf(service: Servers): Promise<string> {
  const images = join(temporaryDirectory(), 'image');
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  return images;
}

describe('listening again after a restore', () => {
  it('is done where it was, and the application is told nothing', async () => {
    const service = await startServers(['http', 'unix']);
    const { mode } = statSync(service.socket);
    const images = await imageOf(service);
    expect(existsSync(service.socket)).toBe(false);

    const copy = launch(['restore', images]);
    const answer = await ask({ port: service.ports.http as number });
    expect(answer).toMatchObject({ number: 1, events: ['http listening', 'unix listening'] });
    expect(await ask({ socketPath: service.socket })).toMatchObject({ kind: 'unix', number: 1 });
    expect(statSync(service.socket).mode).toBe(mode);
    // Killed, it leaves its socket file behind.
    process.kill(service.pid, 'SIGKILL');
    await exitOf(copy.child);
    expect(existsSync(service.socket)).toBe(true);
    const next = launch(['restore', images]);
    expect(await ask({ socketPath: service.socket })).toMatchObject({ number: 1 });
    await end(next.child);
  });

  it('goes to the port of TUBTHUMP_LISTEN, also while the old one is taken', async () => {
    const service = await startServers(['http']);
    const images = await imageOf(service);
    await serverOfOurs(createServer(), service.ports.http as number);
    const port = await freePort();
    const copy = launch(['restore', images], { TUBTHUMP_LISTEN: `127.0.0.2:${port}` });
    expect(await ask({ port, host: '127.0.0.2' })).toMatchObject({ kind: 'http', number: 1 });
    await end(copy.child);
  });

  it('follows a rule for each of several servers', async () => {
    const service = await startServers(['http', 'unix']);
    const images = await imageOf(service);
    const port = await freePort();
    const path = join(temporaryDirectory(), 'other.sock');
    const rules = `${service.ports.http}=${port},${service.socket}=${path}`;
    const copy = launch(['restore', images, '--env', `TUBTHUMP_LISTEN=${rules}`]);
    expect(await ask({ port })).toMatchObject({ kind: 'http' });
    expect(await ask({ socketPath: path })).toMatchObject({ kind: 'unix' });
    expect(existsSync(service.socket)).toBe(false);
    await end(copy.child);
  });

  it('ends the copy with a clear error when the address is taken', async () => {
    const service = await startServers(['http']);
    const images = await imageOf(service);
    await serverOfOurs(createServer(), service.ports.http as number);
    const copy = launch(['restore', images]);
    await waitForOutput(copy, /code: 'ERR_TUBTHUMP_ADDRESS'/);
    expect(copy.output()).toContain(`cannot listen on 127.0.0.1:${service.ports.http}`);
    expect(copy.output()).toContain('EADDRINUSE');
    expect(await exitOf(copy.child)).toMatchObject({ status: 1 });
  });

  it('happens in the original, too, when it goes on', async () => {
    const service = await startServers(['http', 'https', 'http2', 'net', 'unix']);
    const images = join(temporaryDirectory(), 'image');
    const result = await askCheckpoint(service.pid, { images, leaveRunning: true });
    expect(result.service).toBe('running');
    expect(await ask({ port: service.ports.http as number })).toMatchObject({ number: 1 });
    expect(await ask({ socketPath: service.socket })).toMatchObject({ number: 1 });
    await end(service.child);
  });

  it.each([20, 22, 24, 26])(
    'is not needed for an original that goes on: who connects meanwhile is queued, on Node %i',
    async (major) => {
      const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);
      const service = await startServers(['http', 'https'], {}, node);
      const descriptors = () => readdirSync(`/proc/${service.pid}/fd`).length;
      const port = service.ports.http as number;
      const opened = descriptors();
      const load = new Load(port);
      const images = join(temporaryDirectory(), 'image');
      await askCheckpoint(service.pid, { images, leaveRunning: true });
      await askCheckpoint(service.pid, { images, leaveRunning: true });
      await load.stop();
      expect(load.answered).toBeGreaterThan(3);
      expect(load.failures).toEqual([]);
      await expect.poll(descriptors).toBe(opened);
      await end(service.child);

      const copy = launch(['restore', images]);
      expect(await ask({ port })).toMatchObject({ kind: 'http' });
      await expect.poll(descriptors).toBe(opened);
      await end(copy.child);
    },
  );
});
