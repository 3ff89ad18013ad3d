import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  manifestOf,
  startService,
  temporaryDirectory,
} from './harness.js';

const FIXTURE = resolve('test/fixtures/heap.mjs');

async function answer(port: number, path: string): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

describe.each([20, 22, 24, 26])('a heap that is mapped, on Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it.each([
    ['as Node collects by itself', []],
    ['when every collection compacts', ['--stress-compaction']],
    ['when every collection is a full one', ['--gc-global']],
  ])('holds what it held, also after collections %s', async (_, flags) => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([node, '--expose-gc', ...flags, FIXTURE], [], {
      HEAP_OBJECTS: '3000',
    });
    const before = await answer(service.port, '/');
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    expect(manifestOf(images)).toMatchObject({ engine: 'map', heap: { file: 'heap.img' } });

    for (let copies = 0; copies < 2; copies++) {
      const copy = launch(['restore', images]);
      expect(await answer(service.port, '/')).toBe(before);
      for (let churns = 0; churns < 3; churns++)
        expect(await answer(service.port, '/churn')).toBe(before);
      expect((await end(copy.child)).signal ?? 'none').not.toBe('SIGSEGV');
    }
  });
});
