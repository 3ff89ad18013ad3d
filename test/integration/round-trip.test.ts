import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  type ServiceAnswer,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

describe('a service that is checkpointed and restored', () => {
  it('keeps its state and gets new randomness, environment and arguments in every copy', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService();
    const before = await get(service.port);
    expect(await askCheckpoint(service.pid, { images, leaveRunning: false })).toEqual({
      service: 'ended',
    });
    await exitOf(service.child);

    const copies: ServiceAnswer[] = [];
    for (const name of ['one', 'two', 'three']) {
      const copy = launch(['restore', images, '--env', `FOO=${name}`, '--', 'argument', name]);
      copies.push(await get(service.port));
      await end(copy.child);
    }
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      expect(copies[index]).toMatchObject({
        requests: before.requests + 1,
        startId: before.startId,
        items: before.items,
        environment: { FOO: name, SET_BY_APP: 'yes' },
        args: ['argument', name],
      });
    }
    const generators = before.random.map((_, index) => [
      before.random[index],
      ...copies.map(({ random }) => random[index]),
    ]);
    for (const values of generators) expect(new Set(values).size).toBe(4);
  });

  it('goes on serving after a dump that leaves it running, and so does its copy later', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService();
    const before = await get(service.port);
    const result = await askCheckpoint(service.pid, { images, leaveRunning: true });
    expect(result).toMatchObject({
      service: 'running',
      info: { reason: 'resumed', generation: 0 },
    });
    expect((await get(service.port, '/log')).requests).toBe(before.requests + 1);
    await waitForOutput(service, /logged by request/);
    await end(service.child);

    const copy = launch(['restore', images]);
    expect((await get(service.port, '/log')).requests).toBe(before.requests + 1);
    await waitForOutput(copy, new RegExp(`logged by request ${before.requests + 1}`));
    const again = await askCheckpoint(service.pid, { images, leaveRunning: false });
    expect(again.service).toBe('ended');
    await exitOf(copy.child);

    const grandchild = launch(['restore', images]);
    expect((await get(service.port)).requests).toBe(before.requests + 2);
    await end(grandchild.child);
  });

  it('is refused when the target directory holds something else, and goes on', async () => {
    const images = temporaryDirectory();
    const service = await startService();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(images, 'thesis.txt'), 'work');
    await expect(askCheckpoint(service.pid, { images })).rejects.toThrow(/holds no image/);
    expect(existsSync(join(images, 'thesis.txt'))).toBe(true);
    expect((await get(service.port, '/log')).items).toBe(20_000);
    await waitForOutput(service, /logged by request/);
  });
});
