// Layouts whose digests are right and whose contents are not: nobody needs a key to make one.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import { importImage } from '../../src/oci/import.js';
import { type Crafted, craft, file, front, image, MANIFEST_FILE, tarOf } from './craft.js';
import { pages, temporaryDirectory } from './images.js';

const HEAP = pages('abc.d');

/** Two files, one of them with a hole. */
const sound = tarOf([
  ...front(
    {
      files: [
        { name: 'heap.img', size: HEAP.length, mode: 0o400, runs: 2 },
        { name: 'manifest.json', size: MANIFEST_FILE.length, mode: 0o400, runs: 1 },
      ],
      sources: [
        { layer: 0, entry: 'checkpoint/heap.img' },
        { layer: 0, entry: 'checkpoint/manifest.json' },
      ],
    },
    [0, 3, 0, 0, 4, 1, 0, 4, 0, 1, 1, 0],
  ),
  file('checkpoint/heap.img', HEAP),
  file('checkpoint/manifest.json', MANIFEST_FILE),
]);

/** An image of regular files appears, and nothing else; or an error of ours, and nothing at all. */
async function isImportedOrRefused(crafted: Crafted): Promise<void> {
  const directory = temporaryDirectory();
  craft(join(directory, 'layout'), crafted);
  const target = join(directory, 'target/image');
  const outside = join(directory, 'outside');
  writeFileSync(outside, 'as it was');
  mkdirSync(join(directory, 'target'));
  const error = await importImage({ layout: join(directory, 'layout') }, target).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error) expect(TubthumpError.is(error), String(error.stack)).toBe(true);
  expect(readdirSync(join(directory, 'target'))).toEqual(error ? [] : ['image']);
  expect(readdirSync(directory).sort()).toEqual(['layout', 'outside', 'target']);
  expect(readFileSync(outside, 'utf8')).toBe('as it was');
  if (error) return;
  for (const name of readdirSync(target)) {
    const info = lstatSync(join(target, name));
    expect(info.isFile()).toBe(true);
    expect(info.mode & 0o022).toBe(0);
  }
}

it('the layer that is changed below is sound', async () => {
  const directory = temporaryDirectory();
  craft(join(directory, 'layout'), { layers: [sound] });
  const target = join(directory, 'image');
  await importImage({ layout: join(directory, 'layout') }, target);
  expect(readFileSync(join(target, 'heap.img'))).toEqual(HEAP);
});

const at = fc.nat(sound.length - 1);
const changes = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at, size: fc.nat(1024) }),
  fc.record({ kind: fc.constant('copy' as const), at, from: at, size: fc.nat(2048) }),
  fc.record({
    kind: fc.constant('text' as const),
    at,
    text: fc.constantFrom(...['../', '\0', '-1', '99999999', '"', '7777777']),
  }),
);
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, change: Change): Buffer {
  const [before, rest] = [bytes.subarray(0, change.at), bytes.subarray(change.at)];
  switch (change.kind) {
    case 'flip': {
      const flipped = Buffer.from(bytes);
      flipped[change.at] = (flipped[change.at] ?? 0) ^ (1 << change.bit);
      return flipped;
    }
    case 'cut':
      return Buffer.concat([before, rest.subarray(change.size)]);
    case 'copy':
      return Buffer.concat([before, bytes.subarray(change.from, change.from + change.size), rest]);
    default:
      return Buffer.concat([before, Buffer.from(change.text), rest.subarray(change.text.length)]);
  }
}

it('a layer that is changed anywhere is imported as an image, or refused', async () => {
  const some = fc.array(changes, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(some, async (list) => {
      await isImportedOrRefused({ layers: [list.reduce(changed, sound)] });
    }),
    { numRuns: 150 },
  );
});

it('a layer that ends in the middle of any block is refused', async () => {
  for (let size = 0; size < sound.length - 1024; size += 512) {
    for (const part of [size, size + 511])
      await isImportedOrRefused({ layers: [sound.subarray(0, part)] });
  }
});

it('documents of any shape are refused, or as good as the right ones', async () => {
  const document = fc.dictionary(
    fc.constantFrom(...['schemaVersion', 'config', 'layers', 'rootfs', 'manifests', 'mediaType']),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const documents = fc.record(
    { index: document, manifest: document, config: document },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(documents, async (given) => {
      await isImportedOrRefused({ layers: [sound], ...(given as Partial<Crafted>) });
    }),
    { numRuns: 150 },
  );
});

it('a small layer of many zeroes takes little memory', async () => {
  const directory = temporaryDirectory();
  const entry = file('checkpoint/a', Buffer.alloc(400 << 20));
  const layout = craft(join(directory, 'layout'), { layers: [tarOf(image(entry))] });
  // Not maxRSS of getrusage(2): that begins with what the parent had.
  const program = `
    import { readFileSync } from 'node:fs';
    import { importImage } from ${JSON.stringify(resolve('dist/index.js'))};
    await importImage({ layout: ${JSON.stringify(layout)} }, ${JSON.stringify(join(directory, 'image'))});
    console.log(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);`;
  const args = ['--input-type=module', '--eval', program];
  const kilobytes = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(kilobytes).toBeGreaterThan(10_000);
  expect(kilobytes).toBeLessThan(250_000);
  expect(readdirSync(join(directory, 'image'))).toEqual(['manifest.json']);
}, 60_000);
