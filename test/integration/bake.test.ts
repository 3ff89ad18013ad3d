import { appendFileSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  manifestOf,
  type Running,
  startService,
  temporaryDirectory,
} from './harness.js';

const FIXTURE = resolve('test/fixtures/heap.mjs');
const SMALL = { HEAP_OBJECTS: '3000' };

async function answer(port: number, path: string): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

describe.each([20, 22, 24, 26])('a heap that is mapped, on Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it.each([
    ['as Node collects by itself', []],
    ['when every collection compacts', ['--stress-compaction']],
    ['when every collection is a full one', ['--gc-global']],
  ])('holds what it held, also after collections %s', { timeout: 180_000 }, async (_, flags) => {
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

  it('is complete in the image of a copy, whose own image may be gone', async () => {
    const directory = temporaryDirectory();
    const [first, second] = [join(directory, 'first'), join(directory, 'second')];
    const service = await startService([node, '--expose-gc', FIXTURE], [], SMALL);
    const before = await answer(service.port, '/');
    await askCheckpoint(service.pid, { images: first, leaveRunning: false });
    await exitOf(service.child);

    const copy = launch(['restore', first]);
    expect(await answer(service.port, '/churn')).toBe(before);
    rmSync(first, { recursive: true });
    await askCheckpoint(service.pid, { images: second, leaveRunning: false });
    await exitOf(copy.child);

    const grandchild = launch(['restore', second]);
    expect(await answer(service.port, '/')).toBe(before);
    expect(await answer(service.port, '/churn')).toBe(before);
    await end(grandchild.child);
  });
});

describe.each([20, 22, 24, 26])("malloc's memory that is mapped, on Node %i", (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);
  const script = resolve('test/fixtures/zeroes.mjs');

  it('is zero where it has to be, in copies and in copies of copies', async () => {
    const wrong = async (port: number) => (await get(port)) as unknown as { wrong: number };
    const service = await startService([node, '--expose-gc', script]);
    let running: Running = service;
    for (const generation of ['first', 'second', 'third']) {
      const images = join(temporaryDirectory(), generation);
      await askCheckpoint(service.pid, { images, leaveRunning: false });
      await exitOf(running.child);
      running = launch(['restore', images]);
      for (let round = 0; round < 3; round++)
        expect(await wrong(service.port)).toMatchObject({ wrong: 0 });
    }
    await end(running.child);
  });
});

describe('the file of a mapped heap', () => {
  it.each([
    ['is missing', (file: string) => rmSync(file)],
    ['is cut short', (file: string) => truncateSync(file, 4096)],
    ['is longer', (file: string) => appendFileSync(file, 'more')],
    [
      'is a link',
      (file: string) => {
        renameSync(file, `${file}.moved`);
        symlinkSync(`${file}.moved`, file);
      },
    ],
  ])('is refused when it %s, before a copy runs', async (_, damage) => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([process.execPath, '--expose-gc', FIXTURE], [], SMALL);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    damage(join(images, 'heap.img'));
    const copy = launch(['restore', images]);
    expect((await exitOf(copy.child)).status).toBe(65);
    expect(copy.output()).toMatch(/heap\.img.*ERR_TUBTHUMP_IMAGE_INVALID/);
  });
});
