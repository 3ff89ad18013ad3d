import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, launch, SERVICE, startService, temporaryDirectory } from './harness.js';

/** Real binaries, installed by the set-up of the tests. */
const versions = { 20: 'v20.', 22: 'v22.', 24: 'v24.', 26: 'v26.' };

describe.each(Object.entries(versions))('Node %s', (major, prefix) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it('is dumped and restored, with new randomness, and fetch works in the copy', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([node, SERVICE]);
    const before = await get(service.port);
    expect(before.node.startsWith(prefix)).toBe(true);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);

    const seen = [before.random];
    for (const name of ['one', 'two']) {
      const copy = launch(['restore', images, '--env', `FOO=${name}`]);
      const after = await get(service.port);
      expect(after).toMatchObject({
        requests: before.requests + 1,
        startId: before.startId,
        environment: { FOO: name, SET_BY_APP: 'yes' },
      });
      seen.push(after.random);
      expect((await get(service.port, '/fetch')).fetched).toBe(200);
      expect(await end(copy.child)).toEqual({ status: null, signal: 'SIGTERM' });
    }
    for (const generator of before.random.keys()) {
      expect(new Set(seen.map((values) => values[generator])).size).toBe(3);
    }
  });

  it('uses fetch before and after, in a second generation too', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([node, SERVICE]);
    expect((await get(service.port, '/fetch')).fetched).toBe(200);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    const copy = launch(['restore', images]);
    expect((await get(service.port, '/fetch')).fetched).toBe(200);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(copy.child);
    const second = launch(['restore', images]);
    expect((await get(service.port, '/fetch')).fetched).toBe(200);
    await end(second.child);
  });
});
