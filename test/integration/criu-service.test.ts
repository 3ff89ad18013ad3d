import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCriu } from '../../src/criu/find.js';
import {
  adopt,
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

/** A `criu service` of our own. It is ready when its socket is there. */
async function startCriuService(directory: string): Promise<string> {
  const socket = join(directory, 'criu_service.socket');
  const { found } = await findCriu();
  if (!found) throw new Error('no CRIU: the set-up of the tests provides one');
  const log = ['--log-file', join(directory, 'service.log')];
  adopt(spawn(found.path, ['service', '--address', socket, '-v4', ...log], { stdio: 'ignore' }));
  for (let tries = 0; !existsSync(socket) && tries < 500; tries++)
    await new Promise((done) => setTimeout(done, 10));
  return socket;
}

describe('a dump through the socket of a running `criu service`', () => {
  it('makes the same kind of image as one through swrk', async () => {
    const directory = temporaryDirectory();
    const socket = await startCriuService(directory);
    const images = join(directory, 'image');
    const service = await startService();
    const before = await get(service.port);
    const dumped = spawnSync(
      LAUNCHER,
      ['checkpoint', '--pid', String(service.pid), '--images', images, '--service', socket],
      { encoding: 'utf8' },
    );
    expect(dumped.stderr + dumped.stdout).toContain(images);
    expect(dumped.status).toBe(0);
    await exitOf(service.child);
    expect(readFileSync(join(directory, 'service.log'), 'utf8')).toMatch(/swrk|request|worker/i);

    const copy = launch(['restore', images]);
    const after = await get(service.port);
    expect(after.startId).toBe(before.startId);
    await end(copy.child);
  });

  it('says what is wrong with a socket where no service listens, and the service goes on', async () => {
    const directory = temporaryDirectory();
    const images = join(directory, 'image');
    const service = await startService();
    const args = ['--pid', String(service.pid), '--images', images];
    const asked = launch(['checkpoint', ...args, '--service', join(directory, 'nobody')]);
    await waitForOutput(asked, /ERR_TUBTHUMP_RPC_CONNECT/);
    expect((await exitOf(asked.child)).status).toBe(75);
    expect(existsSync(images)).toBe(false);
    expect((await get(service.port)).requests).toBe(2);
  });
});
