import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
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
    const service = start(resolve('test/node-versions/node_modules/node-20/bin/node'), images);
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    await get(port);
    service.child.kill('SIGUSR2');
    await waitForOutput(service, /checkpoint resumed/);
    expect(await get(port)).toMatchObject({
      requests: 2,
      seen: ['before criu', 'after resumed 0'],
      supported: { supported: true },
    });
    await end(service.child);

    const copy = launch(['restore', images]);
    expect(await get(port)).toMatchObject({
      requests: 2,
      seen: ['before criu', 'after restored 1'],
    });
    await waitForOutput(copy, /checkpoint restored/);
    await end(copy.child);
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
