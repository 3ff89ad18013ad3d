import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  type Running,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

async function makeImage(): Promise<{ images: string; port: number }> {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService();
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  return { images, port: service.port };
}

async function park(images: string, ...options: string[]): Promise<Running & { pid: number }> {
  const parked = launch(['restore', '--parked', ...options, images]);
  return { ...parked, pid: Number(await waitForOutput(parked, /parked as pid (\d+)/)) };
}

const isThere = (pid: number) => existsSync(`/proc/${pid}`);

async function untilGone(pid: number): Promise<void> {
  while (isThere(pid)) await sleep(10);
}

it('is there, serves nobody, and goes on at SIGCONT as any copy does', async () => {
  const { images, port } = await makeImage();
  const randoms = [];
  for (const name of ['one', 'two']) {
    const parked = await park(images, '--env', `FOO=${name}`);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(isThere(parked.pid)).toBe(true);
    parked.child.kill('SIGCONT');
    const answer = await get(port);
    expect(answer).toMatchObject({ pid: parked.pid, environment: { FOO: name } });
    randoms.push(...answer.random);
    expect(await end(parked.child)).toMatchObject({ signal: 'SIGTERM' });
  }
  expect(new Set(randoms).size).toBe(randoms.length);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it and its launcher', async (signal) => {
  const { images } = await makeImage();
  const parked = await park(images);
  expect(await end(parked.child, signal)).toMatchObject({ signal });
  expect(isThere(parked.pid)).toBe(false);
});

it('ends its launcher the same way when it is killed', async () => {
  const { images } = await makeImage();
  const parked = await park(images);
  process.kill(parked.pid, 'SIGKILL');
  expect(await exitOf(parked.child)).toMatchObject({ signal: 'SIGKILL' });
});

it('ends by itself when its launcher is gone: it never learns who it is', async () => {
  const { images } = await makeImage();
  const parked = await park(images);
  await end(parked.child, 'SIGKILL');
  await untilGone(parked.pid);
});

it('says with --json which processes there are', async () => {
  const { images } = await makeImage();
  const parked = launch(['restore', '--parked', '--json', images]);
  const text = await waitForOutput(parked, /\{.*\}/);
  const { pid, launcher } = JSON.parse(text).parked;
  expect(launcher).toBe(parked.child.pid);
  expect(isThere(pid)).toBe(true);
});
