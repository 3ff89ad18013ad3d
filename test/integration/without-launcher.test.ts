import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendants } from '../../src/checkpoint/descendants.js';
import {
  adopt,
  collect,
  end,
  get,
  launch,
  type Running,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const FIXTURE = resolve('test/fixtures/self-checkpoint.mjs');
const NODE_20 = resolve('test/node-versions/node_modules/node-20/bin/node');

function start(node: string, images: string): Running {
  const child: ChildProcess = spawn(node, [FIXTURE], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, IMAGES: images },
  });
  return collect(adopt(child));
}

describe('a service that was started without the launcher', () => {
  it('makes an image of itself and goes on; the launcher restores the image', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = start(NODE_20, images);
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    await get(port);
    service.child.kill('SIGUSR2');
    await waitForOutput(service, /checkpoint resumed/);
    expect(await get(port)).toMatchObject({
      requests: 2,
      seen: ['before map', 'after resumed 0'],
      supported: { supported: true },
    });
    await end(service.child);

    const copy = launch(['restore', images]);
    expect(await get(port)).toMatchObject({
      requests: 2,
      seen: ['before map', 'after restored 1'],
    });
    await waitForOutput(copy, /checkpoint restored/);
    await end(copy.child);
  });

  it('works when the session leader is outside of its pid namespace', async () => {
    const images = join(temporaryDirectory(), 'image');
    // The shell stays pid 1: whoever is that adopts the dump agent.
    const shell = ['-c', '"$0" "$1" & wait', NODE_20, FIXTURE];
    const child = spawn(
      'unshare',
      ['--pid', '--fork', '--kill-child', '--mount-proc', 'sh', ...shell],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, IMAGES: images } },
    );
    const service = collect(adopt(child));
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    const pid = descendants(child.pid as number).at(-1) as number;
    process.kill(pid, 'SIGUSR2');
    await waitForOutput(service, /checkpoint resumed/);
    expect(await get(port)).toMatchObject({ seen: ['before map', 'after resumed 0'] });
    expect(existsSync(join(images, 'manifest.json'))).toBe(true);
    await end(service.child, 'SIGKILL'); // unshare(1) ignores SIGTERM.
  });

  it('is refused as pid 1, with the remedy', async () => {
    const images = join(temporaryDirectory(), 'image');
    const child = spawn(
      'unshare',
      ['--pid', '--fork', '--kill-child', '--mount-proc', NODE_20, FIXTURE],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, IMAGES: images } },
    );
    const service = collect(adopt(child));
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    process.kill(descendants(child.pid as number).at(-1) as number, 'SIGUSR2');
    await waitForOutput(service, /pid 1 cannot dump itself.*tubthump run --/);
    expect((await get(port)).requests).toBe(1);
    expect(existsSync(images)).toBe(false);
    await end(service.child, 'SIGKILL'); // unshare(1) ignores SIGTERM.
  });

  it.each([22, 24, 26])('is refused on Node %i, which has io_uring rings', async (major) => {
    const images = join(temporaryDirectory(), 'image');
    const service = start(
      resolve(`test/node-versions/node_modules/node-${major}/bin/node`),
      images,
    );
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    service.child.kill('SIGUSR2');
    await waitForOutput(service, /checkpoint failed/);
    expect(service.output()).toMatch(/ERR_TUBTHUMP_CHECKPOINT/);
    expect(service.output()).toMatch(/fd \d+ io_uring .*tubthump run/);
    expect(existsSync(images)).toBe(false);
    expect((await get(port)).requests).toBe(1);
  });
});
