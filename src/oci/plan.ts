import type { ImageDirectory } from '../images/directory.js';
import type { Manifest } from '../images/manifest.js';
import type { Base } from './base.js';
import { containerDumps, entryOf } from './container-dump.js';
import { type Contents, encodeContents, type Source } from './contents.js';
import { CHECKPOINT, CONTENTS, OPAQUE, PAGES, RUNS } from './entries.js';
import { unsupported } from './error.js';
import type { Following } from './following.js';
import type { LayerEntry } from './layer-writer.js';
import { piecesOf } from './pieces.js';
import { LARGEST_RUNS, PAGE, Runs } from './runs.js';
import { type Scanned, scanFile } from './scan.js';

/** What the new layer will hold, and which layers of the base stay below it. */
export interface Plan {
  /** Indexes in the layers of the base. */
  readonly kept: readonly number[];
  readonly contents: Contents;
  readonly scanned: readonly Scanned[];
  /** The source for pages of split files that the base lacks; -1 when there are none. */
  readonly ownPages: number;
  /** Pages that are not empty, and how many of them the base has. */
  readonly pages: number;
  readonly basePages: number;
}

/** Reads all files once, to see what of them is in the base. */
export async function planLayer(
  images: ImageDirectory,
  files: readonly Pick<Scanned, 'name' | 'size' | 'mode'>[],
  base: Base | undefined,
  { signal, progress }: Following,
): Promise<Plan> {
  for (const { size } of files) progress?.expect(size);
  const runs = new Runs();
  const inBase = base?.sources ?? [];
  const ownPages = inBase.length;
  const scanned: Scanned[] = [];
  let nextPage = 0;
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    const own = { pages: ownPages, whole: ownPages + 1 + index };
    const found = await scanFile(images, file, base?.pages, { runs, own, nextPage, progress });
    nextPage += found.newPages ?? 0;
    scanned.push(found);
  }
  if (runs.length * 16 > LARGEST_RUNS)
    throw unsupported('the pages of the image are too scattered');
  const used = new Set(runs.slice([0, runs.length]).map(({ source }) => source));
  const kept = [...new Set([...used].flatMap((source) => inBase[source]?.layer ?? []))].sort(
    (a, b) => a - b,
  );
  const all: Source[] = [
    ...inBase.map(({ layer, entry }) => ({ layer: kept.indexOf(layer), entry })),
    { layer: kept.length, entry: PAGES },
    ...files.map(({ name }) => ({ layer: kept.length, entry: CHECKPOINT + name })),
  ];
  const sources = all.filter((_, source) => used.has(source));
  const counts = countPages(runs, ownPages);
  const numbers = all.map((source) => sources.indexOf(source));
  runs.renumber(numbers);
  const parts = scanned.map(({ name, size, mode, runs: [first, last] }) => ({
    ...{ name, size, mode },
    runs: last - first,
  }));
  const contents = { files: parts, sources, runs };
  return { kept, contents, scanned, ownPages: numbers[ownPages] as number, ...counts };
}

/** The new layer: what describes it first, files in order of name. */
export async function entriesOf(
  images: ImageDirectory,
  manifest: Manifest,
  plan: Plan,
): Promise<LayerEntry[]> {
  const { contents, scanned, kept } = plan;
  const isSplit = ({ newPages }: Scanned) => newPages !== undefined;
  const newPages = scanned.reduce((sum, { newPages: count = 0 }) => sum + count, 0);
  return [
    entryOf('tubthump/', ''),
    entryOf(CONTENTS, encodeContents(contents)),
    entryOf(RUNS, contents.runs.encode()),
    {
      name: PAGES,
      size: newPages * PAGE,
      data: () => newPagesOf(images, plan, scanned.filter(isSplit)),
    },
    entryOf(CHECKPOINT, ''),
    ...(kept.length > 0 ? [entryOf(OPAQUE, '')] : []),
    ...scanned
      .filter((file) => !isSplit(file))
      .map(({ name, size }) => ({
        name: CHECKPOINT + name,
        size,
        data: () => piecesOf(images, name, [{ start: 0, end: size }]),
      })),
    ...(await containerDumps(images, manifest)),
  ];
}

/** The pages of the files that are not in the base, one after the other. */
async function* newPagesOf(
  images: ImageDirectory,
  { contents: { runs }, ownPages }: Plan,
  split: readonly Scanned[],
): AsyncGenerator<Buffer> {
  for (const file of split) {
    const own = runs.slice(file.runs).filter(({ source }) => source === ownPages);
    const ranges = own.map(({ page, count }) => ({
      start: page * PAGE,
      end: Math.min((page + count) * PAGE, file.size),
    }));
    yield* piecesOf(images, file.name, ranges);
    // A page is stored in full, the last one too.
    const stored = (file.newPages ?? 0) * PAGE;
    yield Buffer.alloc(stored - ranges.reduce((sum, { start, end }) => sum + end - start, 0));
  }
}

function countPages(runs: Runs, ownPages: number): { pages: number; basePages: number } {
  let [pages, basePages] = [0, 0];
  for (const { count, source } of runs.slice([0, runs.length])) {
    pages += count;
    if (source < ownPages) basePages += count;
  }
  return { pages, basePages };
}
