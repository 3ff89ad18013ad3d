import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendants } from '../../src/checkpoint/descendants.js';
import { askCheckpoint } from '../../src/control/client.js';
import { hasEnded, socketOf } from '../../src/control/location.js';
import {
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
} from './harness.js';

async function image() {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService();
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  return { images, port: service.port, pid: service.pid, end: await exitOf(service.child) };
}

describe('the launcher', () => {
  it('ends as the dumped service did: killed', async () => {
    expect((await image()).end).toEqual({ status: null, signal: 'SIGKILL' });
  });

  it('mirrors the exit status of a copy', async () => {
    const { images, port } = await image();
    const copy = launch(['restore', images]);
    await get(port, '/exit');
    expect(await exitOf(copy.child)).toEqual({ status: 42, signal: null });
  });

  it('mirrors the signal that ended a copy', async () => {
    const { images, port, pid } = await image();
    const copy = launch(['restore', images]);
    await get(port);
    // A copy may answer before CRIU has let go of it: killed then, the restore has failed.
    await expect.poll(() => descendants(copy.child.pid as number)).toEqual([pid]);
    process.kill(pid, 'SIGKILL');
    expect(await exitOf(copy.child)).toEqual({ status: null, signal: 'SIGKILL' });
  });

  it('leaves no control socket of a service that was killed, and no mark of a checkpoint', async () => {
    const service = await startService();
    const socket = socketOf(service.pid) ?? '';
    const files = () => [socket, socket.replace('.sock', '.checkpoint')].filter(existsSync);
    expect(files()).toEqual([socket]);
    process.kill(service.pid, 'SIGKILL');
    await exitOf(service.child);
    expect(files()).toEqual([]);
    const ended = await image();
    expect(existsSync(`/run/tubthump/${ended.pid}.checkpoint`)).toBe(false);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)('forwards %s', async (signal) => {
    const { images, port, pid } = await image();
    const copy = launch(['restore', images]);
    await get(port);
    expect(await end(copy.child, signal)).toEqual({ status: null, signal });
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it('takes its copy along when it is killed itself', async () => {
    const { images, port, pid } = await image();
    const copy = launch(['restore', images]);
    await get(port);
    await end(copy.child, 'SIGKILL');
    await expect.poll(() => hasEnded(pid)).toBe(true);
  });

  it('restores one image a hundred times in a row', async () => {
    const { images, port } = await image();
    const ids = new Set<unknown>();
    for (let round = 0; round < 100; round++) {
      const copy = launch(['restore', images]);
      const { requests, random } = await get(port);
      expect(requests).toBe(2);
      ids.add(random[1]);
      await end(copy.child);
    }
    expect(ids.size).toBe(100);
  });

  it('starts a service normally where there is no image', async () => {
    const images = join(temporaryDirectory(), 'none');
    const service = await startService([process.execPath, SERVICE], ['--images', images]);
    expect(service.output()).not.toContain('tubthump:');
    await end(service.child);
  });

  it('passes an environment of any size to the copy', async () => {
    const { images, port } = await image();
    const large = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`LARGE_${index}`, 'x'.repeat(100_000)]),
    );
    const copy = launch(['restore', images, '--env', 'FOO=large'], large);
    expect((await get(port)).environment.FOO).toBe('large');
    await end(copy.child);
  });

  it.each([
    [['run'], 64, 'no command'],
    [['run', '--imagse', 'x', '--', 'node'], 64, 'unknown option `--imagse`'],
    [['run', '--images'], 64, '`--images` needs a value'],
    [['restore'], 64, 'takes one image directory'],
    [['restore', 'a', 'b'], 64, 'takes one image directory'],
    [['restore', '--timeout', 'soon', 'a'], 64, '--timeout takes 1 to 86400 seconds'],
    [['restore', '--env', 'novalue', 'a'], 64, '--env takes NAME=VALUE'],
    [['run', '--', '/no/such/program'], 127, '/no/such/program'],
    [['frobnicate'], 64, 'frobnicate'],
  ])('%j fails with status %i', (args, status, text) => {
    const result = spawnSync(LAUNCHER, args, { encoding: 'utf8' });
    expect(result.stderr).toContain(text);
    expect(result.status).toBe(status);
  });

  it.each(['run', 'restore', 'checkpoint', 'setup', 'doctor', 'status'])('%s --help', (command) => {
    const result = spawnSync(LAUNCHER, [command, '--help'], { encoding: 'utf8' });
    expect(result.stdout).toMatch(new RegExp(`^Usage: tubthump ${command}`));
    expect(result.status).toBe(0);
  });
});

describe('a log file that grows', () => {
  it('does not keep its image from being restored', async () => {
    const log = join(temporaryDirectory(), 'service.log');
    const images = join(temporaryDirectory(), 'image');
    const command = ['sh', '-c', `exec "${process.execPath}" "${SERVICE}"`];
    const service = await startService(command, ['--env', `LOG_FILE=${log}`]);
    await get(service.port, '/log');
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    for (let round = 0; round < 3; round++) {
      appendFileSync(log, 'a line of somebody else\n');
      const copy = launch(['restore', images]);
      expect((await get(service.port, '/log')).requests).toBe(3);
      await end(copy.child);
    }
  });
});
