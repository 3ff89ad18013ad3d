import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import type { WorkingSet } from '../../src/working-set/working-set.js';
import {
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  manifestOf,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const HEAP = resolve('test/fixtures/heap.mjs');
const PAGE = 4096;

async function makeImage(
  engine: 'map' | 'stream' = 'map',
): Promise<{ images: string; port: number }> {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([process.execPath, '--expose-gc', HEAP], [], {
    HEAP_OBJECTS: '3000',
  });
  await askCheckpoint(service.pid, { images, leaveRunning: false, engine });
  await exitOf(service.child);
  return { images, port: service.port };
}

function tubthump(...args: string[]) {
  return spawnSync(LAUNCHER, args, { encoding: 'utf8' });
}

function record(images: string, port: number, path = '/nothing'): WorkingSet {
  const url = `http://127.0.0.1:${port}${path}`;
  const { stdout, stderr } = tubthump('working-set', images, '--warm', url, '--json');
  expect(stderr).not.toContain('ERR_');
  return JSON.parse(stdout);
}

function heapOf(set: WorkingSet) {
  const heap = set.files.find(({ name }) => name === 'heap.img');
  if (!heap) throw new Error('no heap in the working set');
  return heap;
}

/** Every page of a file of the image, as often as it is named. */
function pagesOf({ runs }: WorkingSet, name = 'heap.img'): number[] {
  return runs.flatMap(({ file, offset, pages }) =>
    file === name ? Array.from({ length: pages }, (_, page) => offset / PAGE + page) : [],
  );
}

it('has the pages that copies touch, those that they write apart, in the order of first touch', async () => {
  const { images, port } = await makeImage();
  const set = record(images, port);
  expect(set).toMatchObject({ imageId: manifestOf(images).id, order: 'first touch' });
  const heap = heapOf(set);
  expect(heap).toMatchObject({ name: 'heap.img', size: statSync(join(images, 'heap.img')).size });
  expect(heap.written).toBeGreaterThan(0);
  expect(heap.written).toBeLessThan(heap.pages);
  // One answer of a heap of 10 MB and more: a part of it.
  expect(heap.bytes).toBeLessThan(heap.size / 2);
  const pages = pagesOf(set);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages).not.toEqual(pages.toSorted((one, other) => one - other));
  expect(set.files.map(({ name }) => name)).toContain(process.execPath);

  expect(tubthump('working-set', images, '--json').stdout).toBe(
    `${JSON.stringify(set, null, 2)}\n`,
  );
  const copy = launch(['restore', images]);
  await get(port);
  expect(copy.output()).toBe('');
  await end(copy.child);
});

it.each([
  ['stream', []],
  ['map', ['--engine', 'stream']],
] as const)(
  'of an image of the engine %s has pages that are streamed, and those come first',
  async (engine, options) => {
    const { images, port } = await makeImage(engine);
    const set = record(images, port);
    const streamed = set.files.find(({ name }) => /^pages-\d+\.img$/.test(name));
    if (!streamed) throw new Error('no streamed pages in the working set');
    expect(streamed).toMatchObject({ inImage: true, written: 0 });
    expect(streamed.size).toBe(statSync(join(images, streamed.name)).size);
    expect(streamed.pages).toBeGreaterThan(0);
    expect(streamed.bytes).toBeLessThan(streamed.size);
    const pages = pagesOf(set, streamed.name);
    expect(new Set(pages).size).toBe(pages.length);

    const copy = launch(['restore', ...options, images]);
    await get(port, '/churn');
    expect(copy.output()).toBe('');
    await end(copy.child);
  },
);

it('unites what several copies touch', async () => {
  const { images, port } = await makeImage();
  const few = record(images, port);
  // Walks over all of the heap.
  const all = record(images, port, '/');
  expect(heapOf(all).pages).toBeGreaterThan(heapOf(few).pages);
  const known = new Set(pagesOf(all));
  expect(pagesOf(few).filter((page) => !known.has(page))).toEqual([]);
});

it.each([
  ['while it wakes', []],
  ['while it is parked', ['--parked']],
])('is mapped by a copy %s, whose heap holds what it held', async (_, options) => {
  const { images, port } = await makeImage();
  const checksum = async (path: string) =>
    ((await get(port, path)) as unknown as { checksum: string }).checksum;
  const set = record(images, port, '/');
  const written = set.runs.filter((run) => run.written);
  expect(written.length).toBeGreaterThan(0);
  const plain = launch(['restore', images]);
  const before = await checksum('/');
  await end(plain.child);

  const copy = launch(['restore', ...options, images]);
  if (options.length > 0) {
    await waitForOutput(copy, /parked as pid/);
    copy.child.kill('SIGCONT');
  }
  expect(await checksum('/')).toBe(before);
  for (let churns = 0; churns < 2; churns++) expect(await checksum('/churn')).toBe(before);
  await end(copy.child);
});

it.each([
  ['is damaged', (file: string) => truncateSync(file, statSync(file).size - 9), /checksum/],
  ['is empty', (file: string) => truncateSync(file, 0), /not a working set/],
])('is not used when it %s: the copy runs, and one line says so', async (_, damage, why) => {
  const { images, port } = await makeImage();
  record(images, port);
  damage(join(images, 'working-set.img'));
  const copy = launch(['restore', images]);
  await get(port);
  expect(copy.output()).toMatch(/^tubthump: restored without its working set: .*\n$/);
  expect(copy.output()).toMatch(why);
  await end(copy.child);
  const shown = tubthump('working-set', images);
  expect(shown).toMatchObject({ status: 65 });
  expect(shown.stderr).toContain('ERR_TUBTHUMP_IMAGE_INVALID');
});

it('is refused in another image, and replaced there when one is recorded', async () => {
  const one = await makeImage();
  record(one.images, one.port);
  const other = await makeImage();
  copyFileSync(join(one.images, 'working-set.img'), join(other.images, 'working-set.img'));
  expect(tubthump('working-set', other.images).stderr).toContain('ERR_TUBTHUMP_IMAGE_MISMATCH');
  const copy = launch(['restore', other.images]);
  await get(other.port);
  expect(copy.output()).toContain(`is of another image, ${manifestOf(one.images).id}`);
  await end(copy.child);
  expect(record(other.images, other.port).imageId).toBe(manifestOf(other.images).id);
});

it('is recorded by a checkpoint that is asked to, with the requests of its warm-up', async () => {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService();
  const url = `http://127.0.0.1:${service.port}/`;
  const { status, stderr } = tubthump(
    ...['checkpoint', '--images', images, '--pid', String(service.pid)],
    ...['--warm', url, '--warm-requests', '3', '--working-set'],
  );
  expect(stderr).not.toContain('no working set');
  expect(status).toBe(0);
  expect(readdirSync(images)).toContain('working-set.img');
});

it('stays as it was when no request is answered', async () => {
  const { images, port } = await makeImage();
  const url = `http://127.0.0.1:${port + 1 > 65_535 ? port - 1 : port + 1}/`;
  const { status, stderr } = tubthump('working-set', images, '--warm', url, '--timeout', '1');
  expect(status).not.toBe(0);
  expect(stderr).toContain('ERR_TUBTHUMP_NOT_READY');
  expect(existsSync(join(images, 'working-set.img'))).toBe(false);
});

it('is missing in an image for which none was recorded, or that is not there', async () => {
  const { images } = await makeImage();
  expect(tubthump('working-set', images)).toMatchObject({ status: 66 });
  expect(tubthump('working-set', images).stderr).toContain('ERR_TUBTHUMP_WORKING_SET_MISSING');
  rmSync(images, { recursive: true });
  expect(tubthump('working-set', images).stderr).toContain('ERR_TUBTHUMP_IMAGE_MISSING');
});
