import type { ImageDirectory } from '../images/directory.js';
import type { Progress } from '../progress/progress.js';
import { isZero, type PageIndex } from './page-index.js';
import { piecesOf } from './pieces.js';
import { PAGE, type Runs } from './runs.js';

/** Pages of our own entries have these numbers until it is known which sources there are. */
export interface OwnSources {
  /** The file, whole. */
  readonly whole: number;
  /** The entry for pages that are not in the base. */
  readonly pages: number;
}

export interface Scanned {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  /** The runs of this file: from, up to. */
  readonly runs: readonly [number, number];
  /** How many pages go into the entry for pages; undefined: the file is stored whole. */
  readonly newPages?: number;
}

export interface Scanning {
  readonly runs: Runs;
  readonly own: OwnSources;
  /** Of the entry for pages. */
  readonly nextPage: number;
  readonly progress: Progress | undefined;
}

/**
 * Finds out which pages of a file are empty, and which are in the base. A page of zeroes counts as a
 * hole: what the file system has allocated is not content.
 */
export async function scanFile(
  images: ImageDirectory,
  { name, size, mode }: Pick<Scanned, 'name' | 'size' | 'mode'>,
  base: PageIndex | undefined,
  { runs, own, nextPage, progress }: Scanning,
): Promise<Scanned> {
  const first = runs.length;
  let [page, newPage, isInBase] = [0, nextPage, false];
  for await (const piece of piecesOf(images, name, [{ start: 0, end: size }])) {
    progress?.advance(piece.length);
    for (let at = 0; at < piece.length; at += PAGE, page++) {
      const bytes = piece.subarray(at, at + PAGE);
      if (isZero(bytes)) continue;
      const place = bytes.length === PAGE ? base?.find(bytes) : undefined;
      if (place) isInBase = true;
      const { source, page: sourcePage } = place ?? { source: own.pages, page: newPage++ };
      runs.addPage(page, source, sourcePage, runs.length > first);
    }
  }
  const scanned = { name, size, mode, runs: [first, runs.length] } as const;
  if (isInBase) return { ...scanned, newPages: newPage - nextPage };
  runs.storeWhole(first, own.whole);
  return scanned;
}
