import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from 'node:fs';
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

interface Memory {
  readonly checksum?: string;
  readonly wrong?: number;
}

/** Its size stays; its bytes and its time do not. */
function edit(file: string): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, 'edited', 5000);
  closeSync(descriptor);
}

async function answer(port: number, path: string): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

describe.each([20, 22, 24, 26])('a heap that is mapped, on Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it.each([
    ['as Node collects by itself', []],
    ['at every few allocations', ['--gc-interval=20000']],
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

  it('is the same when it is copied, also after collections at every few allocations', {
    timeout: 180_000,
  }, async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService(
      [node, '--expose-gc', '--gc-interval=20000', FIXTURE],
      [],
      SMALL,
    );
    const before = await answer(service.port, '/');
    await askCheckpoint(service.pid, { images, leaveRunning: false, engine: 'eager' });
    await exitOf(service.child);
    expect(manifestOf(images)).toMatchObject({ engine: 'eager' });
    const copy = launch(['restore', images]);
    expect(await answer(service.port, '/')).toBe(before);
    for (let churns = 0; churns < 2; churns++)
      expect(await answer(service.port, '/churn')).toBe(before);
    await end(copy.child);
  });

  it('is mapped with its objects of many megabytes', { timeout: 180_000 }, async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([node, '--expose-gc', FIXTURE], [], {
      ...SMALL,
      HEAP_HUGE: '5000000',
    });
    const before = await answer(service.port, '/churn');
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    expect(statSync(join(images, 'heap.img')).size).toBeGreaterThan(40e6);
    expect(statSync(join(images, 'pages-1.img')).size).toBeLessThan(20e6);
    const copy = launch(['restore', images]);
    for (let churns = 0; churns < 2; churns++) {
      expect(await answer(service.port, '/')).toBe(before);
      expect(await answer(service.port, '/churn')).toBe(before);
    }
    await end(copy.child);
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

describe.each([20, 22, 24, 26])('with jemalloc preloaded, on Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);
  const jemalloc = '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2';

  it.each([
    ['heap', 'heap.mjs', '/churn'],
    ['malloc', 'zeroes.mjs', '/'],
  ])('memory of %s is what it was, for V8 alone is mapped', async (_, script, path) => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService(
      [node, '--expose-gc', '--gc-interval=20000', resolve('test/fixtures', script)],
      [],
      { ...SMALL, LD_PRELOAD: jemalloc },
    );
    expect(readFileSync(`/proc/${service.pid}/maps`, 'utf8')).toContain('libjemalloc');
    const ask = async () => {
      const { checksum, wrong } = (await get(service.port, path)) as unknown as Memory;
      return { checksum, wrong };
    };
    const before = await ask();
    expect(before.wrong ?? 0).toBe(0);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    expect(manifestOf(images)).toMatchObject({ engine: 'map' });
    for (const engine of [[], ['--engine', 'stream'], ['--engine', 'eager']]) {
      const copy = launch(['restore', ...engine, images]);
      for (let round = 0; round < 2; round++) expect(await ask()).toEqual(before);
      await end(copy.child);
    }
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
    ['was edited', edit],
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
