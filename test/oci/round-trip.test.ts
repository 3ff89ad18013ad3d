import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportImage } from '../../src/oci/export.js';
import { importImage } from '../../src/oci/import.js';
import { imageWith, pages, temporaryDirectory } from './images.js';

function contentOf(directory: string): Record<string, string> {
  const names = readdirSync(directory).sort();
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]),
  );
}

const blobs = (layout: string) => readdirSync(join(layout, 'blobs/sha256')).sort();

describe('an image that goes to a layout and back', () => {
  it('has the same files, modes and sizes, and holes where pages are empty', async () => {
    const directory = temporaryDirectory();
    const images = imageWith(join(directory, 'image'), {
      'heap.img': Buffer.concat([pages(`a${'.'.repeat(500)}b`), Buffer.from('end')]),
      'empty.img': Buffer.alloc(0),
      'hole.img': pages('...'),
    });
    const layout = join(directory, 'layout');
    await exportImage(images, { layout });
    const back = join(directory, 'back');
    expect(await importImage({ layout }, back)).toEqual({ id: 'an-id', files: 4, layers: 1 });
    expect(contentOf(back)).toEqual(contentOf(images));
    expect(statSync(join(back, 'heap.img')).mode & 0o7777).toBe(0o400);
    expect(statSync(back).mode & 0o7777).toBe(0o700);
    expect(statSync(join(back, 'heap.img')).blocks * 512).toBeLessThan(100 * 4096);
    expect(readdirSync(directory).sort()).toEqual(['back', 'image', 'layout']);
  });

  it('is a plain tar for tools that know nothing of us', async () => {
    const directory = temporaryDirectory();
    const files = { 'heap.img': pages('a..b'), 'stats-dump': Buffer.from('s') };
    const images = imageWith(join(directory, 'image'), files);
    const layout = join(directory, 'layout');
    await exportImage(images, { layout });
    const sizes = blobs(layout).map((name) => join(layout, 'blobs/sha256', name));
    const layer = sizes.find((path) => readFileSync(path).readUInt16BE(0) === 0x1f8b) as string;
    const unpacked = join(directory, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', layer, '-C', unpacked]);
    expect(contentOf(join(unpacked, 'checkpoint'))).toEqual(contentOf(images));
    const config = JSON.parse(readFileSync(join(unpacked, 'config.dump'), 'utf8'));
    const time = '2023-11-14T22:13:20.000Z';
    expect(config).toMatchObject({ id: 'an-id', name: 'shop', checkpointedTime: time });
    const spec = JSON.parse(readFileSync(join(unpacked, 'spec.dump'), 'utf8'));
    expect(spec.process).toEqual({ args: ['/usr/bin/node', '/app/server.js'], cwd: '/app' });
    const listing = execFileSync('tar', ['--utc', '-tvzf', layer], { encoding: 'utf8' });
    const stamps = listing
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(/ +/).slice(1, 4));
    for (const [owner, , date] of stamps) expect([owner, date]).toEqual(['0/0', '1970-01-01']);
    expect(readFileSync(layer).readUInt32LE(4)).toBe(0);
  });

  it('stores only the pages that no layer below has', async () => {
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    const version = (name: string, letters: string) =>
      imageWith(join(directory, name), { 'heap.img': pages(letters), 'mm.img': Buffer.from(name) });
    const first = await exportImage(version('one', 'abcdefgh'), { layout, tag: 'one' });
    expect(first).toMatchObject({ layers: 1, pages: 10, basePages: 0 });
    const base = { layout, tag: 'one' };
    const second = await exportImage(version('two', 'ab.xyfgh'), { layout, tag: 'two' }, { base });
    expect(second).toMatchObject({ layers: 2, pages: 9, basePages: 5 });
    const third = await exportImage(
      version('three', 'xyzab'),
      { layout, tag: 'three' },
      { base: { layout, tag: 'two' } },
    );
    expect(third).toMatchObject({ layers: 3, pages: 7, basePages: 4 });
    for (const tag of ['one', 'two', 'three']) {
      await importImage({ layout, tag }, join(directory, `back-${tag}`));
      expect(contentOf(join(directory, `back-${tag}`))).toEqual(contentOf(join(directory, tag)));
    }
  });

  it('keeps no layer of the base that it has no page of', async () => {
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    const other = imageWith(join(directory, 'other'), { 'heap.img': pages('abc') });
    const images = imageWith(join(directory, 'image'), { 'heap.img': pages('xyz') });
    await exportImage(other, { layout, tag: 'base' });
    const target = { layout: join(directory, 'second') };
    const result = await exportImage(images, target, { base: { layout } });
    expect(result).toMatchObject({ layers: 1, basePages: 0 });
    await importImage(target, join(directory, 'back'));
    expect(contentOf(join(directory, 'back'))).toEqual(contentOf(images));
  });

  it('gives the same bytes for the same content, wherever and whenever', async () => {
    const directory = temporaryDirectory();
    const images = imageWith(join(directory, 'image'), { 'heap.img': pages('ab..cd') });
    const copy = join(directory, 'copy');
    cpSync(images, copy, { recursive: true });
    const results = [];
    for (const [index, path] of [images, copy].entries())
      results.push(await exportImage(path, { layout: join(directory, `${index}`) }));
    expect(results[1]).toEqual(results[0]);
    expect(blobs(join(directory, '1'))).toEqual(blobs(join(directory, '0')));
    const again = { layout: join(directory, '0'), tag: 'again' };
    await exportImage(images, again, { base: { ...again, tag: 'latest' } });
    const once = blobs(again.layout);
    await exportImage(copy, again, { base: { ...again, tag: 'latest' } });
    expect(blobs(again.layout)).toEqual(once);
  });

  it('holds for any pages, bases and sizes', async () => {
    const letters = fc.string({ unit: fc.constantFrom('.', 'a', 'b', 'c', 'd'), maxLength: 40 });
    const file = fc.record({ letters, tail: fc.uint8Array({ maxLength: 9 }) });
    const files = fc.record({ 'heap.img': file, 'pages-1.img': file, 'mm-1.img': file });
    const property = fc.asyncProperty(
      fc.array(files, { minLength: 1, maxLength: 4 }),
      async (all) => {
        const directory = temporaryDirectory();
        const layout = join(directory, 'layout');
        for (const [index, content] of all.entries()) {
          const bytes = Object.entries(content).map(([name, { letters: text, tail }]) => [
            name,
            Buffer.concat([pages(text), tail]),
          ]);
          const images = imageWith(join(directory, `${index}`), Object.fromEntries(bytes));
          const options = index === 0 ? {} : { base: { layout, tag: `v${index - 1}` } };
          await exportImage(images, { layout, tag: `v${index}` }, options);
          await importImage({ layout, tag: `v${index}` }, join(directory, `back-${index}`));
          expect(contentOf(join(directory, `back-${index}`))).toEqual(contentOf(images));
        }
      },
    );
    await fc.assert(property, { numRuns: 8 });
  });
});

describe('what is there already', () => {
  it('is replaced when it is a tag', async () => {
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    await exportImage(imageWith(join(directory, 'one'), { a: pages('a') }), { layout });
    await exportImage(imageWith(join(directory, 'two'), { a: pages('b') }), { layout });
    await importImage({ layout }, join(directory, 'back'));
    expect(contentOf(join(directory, 'back'))).toEqual(contentOf(join(directory, 'two')));
  });

  it('is left alone when it is a directory with something in it', async () => {
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    const images = imageWith(join(directory, 'one'), { a: pages('a') });
    await exportImage(images, { layout });
    const target = join(directory, 'target');
    mkdirSync(target);
    writeFileSync(join(target, 'mine'), '');
    const error = { code: 'ERR_TUBTHUMP_IMAGE_PUBLISH' };
    await expect(importImage({ layout }, target)).rejects.toMatchObject(error);
    await expect(exportImage(images, { layout: target })).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_OCI_NOT_FOUND',
    });
    expect(readdirSync(target)).toEqual(['mine']);
    expect(readdirSync(directory).sort()).toEqual(['layout', 'one', 'target']);
  });

  it('stays as it was when an export or import is interrupted', async () => {
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    const images = imageWith(join(directory, 'one'), { a: pages('abc') });
    const stop = (isTime = (_done: number, _total: number) => true) => {
      const controller = new AbortController();
      const onProgress = (done: number, total: number) => {
        if (isTime(done, total)) controller.abort('enough');
      };
      return { signal: controller.signal, onProgress };
    };
    // While it looks for pages, and while it writes them.
    let scanned = Number.POSITIVE_INFINITY;
    const isWriting = (_: number, total: number) => {
      scanned = Math.min(scanned, total);
      return total > scanned;
    };
    for (const options of [stop(), stop(isWriting)]) {
      await expect(exportImage(images, { layout }, options)).rejects.toBe('enough');
      expect(readdirSync(directory)).toEqual(['one']);
    }
    await exportImage(images, { layout });
    await expect(importImage({ layout }, join(directory, 'back'), stop())).rejects.toBe('enough');
    expect(readdirSync(directory).sort()).toEqual(['layout', 'one']);
    const before = blobs(layout);
    const other = imageWith(join(directory, 'two'), { a: pages('xyz') });
    await expect(exportImage(other, { layout, tag: 'two' }, stop())).rejects.toBe('enough');
    const based = { ...stop(), base: { layout } };
    await expect(exportImage(other, { layout, tag: 'two' }, based)).rejects.toBe('enough');
    expect(blobs(layout)).toEqual(before);
  });
});
