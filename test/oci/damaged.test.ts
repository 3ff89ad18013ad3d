import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportImage } from '../../src/oci/export.js';
import { importImage } from '../../src/oci/import.js';
import {
  type Crafted,
  craft,
  type Entry,
  file,
  front,
  image,
  MANIFEST_FILE,
  tarOf,
} from './craft.js';
import { imageWith, pages, temporaryDirectory } from './images.js';

/** Tries to import, and looks whether anything was left behind. */
async function refusal(layout: string, tag?: string): Promise<{ code: string; message: string }> {
  const directory = temporaryDirectory();
  const target = join(directory, 'image');
  const error = await importImage({ layout, ...(tag && { tag }) }, target).then(
    () => expect.unreachable('it was imported'),
    (thrown) => thrown,
  );
  expect(readdirSync(directory)).toEqual([]);
  return { code: error.code, message: error.message };
}

const refused = (code: string, message: string | RegExp) => ({
  code: `ERR_TUBTHUMP_${code}`,
  message: expect.stringMatching(message),
});

async function exported(): Promise<string> {
  const layout = join(temporaryDirectory(), 'layout');
  const files = { 'heap.img': pages('abc.def'.repeat(50)) };
  await exportImage(imageWith(join(temporaryDirectory(), 'image'), files), { layout });
  return layout;
}

/** The largest blob is the layer. */
function layerOf(layout: string): string {
  const blobs = join(layout, 'blobs/sha256');
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const path = (digest: string) => join(blobs, digest.slice(7));
  const manifest = JSON.parse(readFileSync(path(index.manifests[0].digest), 'utf8'));
  return path(manifest.layers[0].digest);
}

describe('a layout with a damaged layer', () => {
  it.each([0, 1, 100, 600])('is refused when %s bytes of it are there', async (size) => {
    const layout = await exported();
    truncateSync(layerOf(layout), size);
    expect(await refusal(layout)).toEqual(refused('OCI_INVALID', `has ${size} bytes, not`));
  });

  it.each([12, 200, -9, -1])('is refused when byte %s of it is another', async (at) => {
    const layout = await exported();
    const bytes = readFileSync(layerOf(layout));
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] as number) ^ 0x10;
    writeFileSync(layerOf(layout), bytes);
    expect(await refusal(layout)).toEqual(
      refused('OCI_INVALID', /is not what|cannot be unpacked|tar/),
    );
  });

  it.each([
    ['is missing', (path: string) => rmSync(path), 'NOT_FOUND'],
    [
      'is a link',
      (path: string) => {
        renameSync(path, `${path}-moved`);
        symlinkSync(`${path}-moved`, path);
      },
      'NOT_FOUND',
    ],
    [
      'is a FIFO',
      (path: string) => {
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
      'NOT_FOUND',
    ],
  ])('is refused when it %s', async (_, change, code) => {
    const layout = await exported();
    change(layerOf(layout));
    expect(await refusal(layout)).toEqual(refused(`OCI_${code}`, /blob sha256:.* is missing/));
  });

  it('is no base', async () => {
    const layout = await exported();
    const bytes = readFileSync(layerOf(layout));
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1;
    writeFileSync(layerOf(layout), bytes);
    const images = imageWith(join(temporaryDirectory(), 'image'), { 'heap.img': pages('abc') });
    const target = join(temporaryDirectory(), 'target');
    await expect(
      exportImage(images, { layout: target }, { base: { layout } }),
    ).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_OCI_INVALID' });
    expect(existsSync(target)).toBe(false);
  });
});

const sound = tarOf(image());
const otherType = 'application/vnd.oci.image.layer.v1.tar+zstd';

describe('a layout whose documents', () => {
  it.each<[string, Crafted, { code: string; message: string }]>([
    [
      'have another version',
      { layers: [sound], version: '2.0.0' },
      refused('OCI_UNSUPPORTED', '2.0.0'),
    ],
    [
      'name no manifest',
      { layers: [sound], index: { manifests: [] } },
      refused('OCI_NOT_FOUND', 'tags: none'),
    ],
    [
      'have no list',
      { layers: [sound], index: { manifests: 1 } },
      refused('OCI_INVALID', 'index.json'),
    ],
    [
      'nest an index',
      {
        layers: [sound],
        index: {
          manifests: [
            {
              mediaType: 'application/vnd.oci.image.index.v1+json',
              digest: `sha256:${'0'.repeat(64)}`,
              size: 1,
            },
          ],
        },
      },
      refused('OCI_UNSUPPORTED', 'image.index'),
    ],
    [
      'name a blob by a path',
      {
        layers: [sound],
        index: { manifests: [{ mediaType: 'x', digest: 'sha256:../../../etc/passwd', size: 1 }] },
      },
      refused('OCI_INVALID', 'index.json'),
    ],
    ['have no layers', { layers: [] }, refused('OCI_INVALID', '0 layers')],
    [
      'have too many layers',
      { layers: Array(121).fill(sound) },
      refused('OCI_UNSUPPORTED', '121 layers'),
    ],
    [
      'have another kind of layer',
      { layers: [sound], layerType: otherType },
      refused('OCI_UNSUPPORTED', 'zstd'),
    ],
    [
      'have a layer that is not compressed as it says',
      {
        layers: [sound],
        manifest: {},
        config: { rootfs: { diff_ids: [`sha256:${'1'.repeat(64)}`] } },
      },
      refused('OCI_INVALID', 'not what the config says'),
    ],
    [
      'disagree on layers',
      { layers: [sound], config: { rootfs: { diff_ids: [] } } },
      refused('OCI_INVALID', '1 layers'),
    ],
  ])('%s is refused', async (_, crafted, error) => {
    expect(await refusal(craft(join(temporaryDirectory(), 'layout'), crafted))).toEqual(error);
  });

  it('are missing is refused', async () => {
    expect(await refusal('/nowhere')).toEqual(refused('OCI_NOT_FOUND', 'no OCI image layout'));
    const layout = await exported();
    expect(await refusal(layout, 'v9')).toEqual(refused('OCI_NOT_FOUND', 'v9.*tags: latest'));
    writeFileSync(join(layout, 'index.json'), 'x');
    expect(await refusal(layout)).toEqual(refused('OCI_INVALID', 'no JSON'));
    truncateSync(join(layout, 'index.json'), 1 << 30);
    expect(await refusal(layout)).toEqual(refused('OCI_INVALID', 'too many'));
  });
});

const page = 'p'.repeat(4096);
const one = { name: 'manifest.json', size: MANIFEST_FILE.length, mode: 0o400, runs: 1 };
const tarred = (...entries: Entry[]) => ({ layers: [tarOf(entries)] });
/** A file of one page from an entry for it, and something else than that. */
const described = (contents: object, runs?: readonly number[]) =>
  tarred(...front(contents, runs), file('checkpoint/manifest.json', MANIFEST_FILE));

describe('a layer', () => {
  it('that is sound is imported', async () => {
    const layout = craft(join(temporaryDirectory(), 'layout'), { layers: [sound] });
    const target = join(temporaryDirectory(), 'image');
    await importImage({ layout }, target);
    expect(readFileSync(join(target, 'manifest.json'))).toEqual(MANIFEST_FILE);
  });

  it.each<[string, Crafted, { code: string; message: string }]>([
    [
      'with a path upwards',
      tarred(...image(file('checkpoint/../../evil', page))),
      refused('OCI_INVALID', 'does not belong'),
    ],
    [
      'with an absolute path',
      tarred(...image(file('/etc/evil', page))),
      refused('OCI_INVALID', 'does not belong'),
    ],
    [
      'with a deep path',
      tarred(...image(file('checkpoint/a/b', page))),
      refused('OCI_INVALID', 'does not belong'),
    ],
    [
      'with a symbolic link',
      tarred(...image({ path: 'checkpoint/a', type: 'SymbolicLink', linkpath: '/etc/passwd' })),
      refused('OCI_INVALID', 'SymbolicLink'),
    ],
    [
      'with a hard link',
      tarred(...image({ path: 'checkpoint/a', type: 'Link', linkpath: '/etc/passwd' })),
      refused('OCI_INVALID', 'Link'),
    ],
    [
      'with a device',
      tarred(...image({ path: 'checkpoint/a', type: 'CharacterDevice', devmaj: 1, devmin: 3 })),
      refused('OCI_INVALID', 'CharacterDevice'),
    ],
    [
      'with a FIFO',
      tarred(...image({ path: 'checkpoint/a', type: 'FIFO' })),
      refused('OCI_INVALID', 'FIFO'),
    ],
    [
      'with one name twice',
      tarred(...image(file('checkpoint/manifest.json', MANIFEST_FILE))),
      refused('OCI_INVALID', 'twice'),
    ],
    [
      'of another program',
      tarred(file('etc/hostname', 'x')),
      refused('OCI_INVALID', 'does not belong'),
    ],
    [
      'without a list of files',
      tarred(file('checkpoint/manifest.json', MANIFEST_FILE)),
      refused('OCI_UNSUPPORTED', 'no image of tubthump'),
    ],
    ['that is empty', { layers: [Buffer.alloc(1024)] }, refused('OCI_INVALID', 'no sound tar')],
    [
      'that is no tar',
      { layers: [Buffer.alloc(4096, 'x')] },
      refused('OCI_INVALID', 'no sound tar'),
    ],
    [
      'that ends early',
      { layers: [sound.subarray(0, 1800)] },
      refused('OCI_INVALID', 'no sound tar'),
    ],
    [
      'that claims a huge entry',
      tarred(...image(file('checkpoint/a', 'x', { size: 2 ** 50 }))),
      refused('OCI_INVALID', 'no sound tar'),
    ],
    [
      'that claims a huge list',
      tarred(file('tubthump/contents.json', 'x', { size: 2 ** 40 })),
      refused('OCI_INVALID', 'too many'),
    ],
    [
      'with a huge extended header',
      tarred({ path: 'x', type: 'ExtendedHeader', body: Buffer.alloc(2 << 20, '0') }, ...image()),
      refused('OCI_INVALID', 'too large'),
    ],
    ['of another format', described({ format: 2 }), refused('OCI_UNSUPPORTED', 'format 2')],
    [
      'with a file outside',
      described({ files: [{ ...one, name: '../a' }] }),
      refused('OCI_INVALID', 'list of files'),
    ],
    [
      'with a hidden file',
      described({ files: [{ ...one, name: '.a' }] }),
      refused('OCI_INVALID', 'list of files'),
    ],
    [
      'with no manifest',
      described({ files: [{ ...one, name: 'a' }] }),
      refused('OCI_INVALID', 'manifest.json'),
    ],
    ['with a file twice', described({ files: [one, one] }), refused('OCI_INVALID', 'one name')],
    [
      'that takes from itself above',
      described({ sources: [{ layer: 1, entry: 'x' }] }),
      refused('OCI_INVALID', 'sources'),
    ],
    ['with a run of nothing', described({}, [0, 0, 0, 0]), refused('OCI_INVALID', 'out of order')],
    [
      'with a run past the end',
      described({}, [1, 1, 0, 0]),
      refused('OCI_INVALID', 'out of order'),
    ],
    [
      'with a run from nowhere',
      described({}, [0, 1, 7, 0]),
      refused('OCI_INVALID', 'out of order'),
    ],
    ['with half a run', described({}, [0, 1]), refused('OCI_INVALID', 'cut short')],
    [
      'with runs too many',
      described({}, [0, 1, 0, 0, 0, 1, 0, 0]),
      refused('OCI_INVALID', 'more pages'),
    ],
    [
      'with runs too few',
      described({ files: [{ ...one, runs: 9 }] }),
      refused('OCI_INVALID', 'out of order'),
    ],
    [
      'that lacks pages',
      described(
        { files: [one, { name: 'a', size: 4096, mode: 0, runs: 1 }] },
        [0, 1, 0, 0, 0, 1, 0, 9],
      ),
      refused('OCI_INVALID', '4096 bytes of the image are in no layer'),
    ],
    [
      'that wants more than there is room for',
      described({ files: [one, { name: 'a', size: 2 ** 43, mode: 0, runs: 1 }] }, [
        0,
        1,
        0,
        0,
        0,
        2 ** 31,
        0,
        0,
      ]),
      refused('IMAGE_PUBLISH', 'are free'),
    ],
    [
      'with a manifest that is none',
      tarred(...front(), file('checkpoint/manifest.json', 'x'.repeat(MANIFEST_FILE.length))),
      refused('IMAGE_INVALID', 'manifest.json'),
    ],
  ])('%s is refused', async (_, crafted, error) => {
    expect(await refusal(craft(join(temporaryDirectory(), 'layout'), crafted))).toEqual(error);
  });
});
