import { TubthumpError } from '../errors/index.js';
import type { ImageDirectory } from '../images/directory.js';
import { WORKING_SET } from '../images/manifest.js';
import { HEAP_FILE, type Mapping } from '../images/mappings.js';
import { type ByteRange, bytesWithin } from '../images/ranges.js';
import { describeWorkingSet } from '../working-set/agent.js';
import type { Run, TouchedFile } from '../working-set/working-set.js';

/** What copies touched while their working set was recorded. */
export interface Touched {
  /** By file, those of the machine too; sizes in bytes. */
  readonly files: readonly TouchedFile[];
  /** Why it cannot be told: it is damaged, or of another image. Restores go without it. */
  readonly unreadable?: string;
}

/** The same, page by page of heap.img and of the pages that CRIU copies or our server streams. */
export interface TouchedPages {
  readonly summary: Touched;
  /** Bytes of each mapping that are in the working set, of a process that has this pages file. */
  touched(mappings: readonly Mapping[], pagesFile: string): number[];
  /** Of these, those that a copy writes; unknown of pages that are not mapped. */
  written(mappings: readonly Mapping[]): number[];
}

/** Undefined when no working set was recorded. */
export async function readTouched(images: ImageDirectory): Promise<TouchedPages | undefined> {
  if (!(await images.names()).includes(WORKING_SET)) return undefined;
  try {
    const { files, runs } = await describeWorkingSet(images.path);
    return pagesOf({ files }, runs);
  } catch (error) {
    if (!TubthumpError.is(error)) throw error;
    return pagesOf({ files: [], unreadable: error.message }, []);
  }
}

function pagesOf(summary: Touched, runs: readonly Run[]): TouchedPages {
  const ofHeap = runs.filter(({ file }) => file === HEAP_FILE);
  const all = rangesOf(ofHeap, 'offset');
  const written = rangesOf(
    ofHeap.filter((run) => run.written),
    'offset',
  );
  return {
    summary,
    touched: (mappings, pagesFile) => {
      // Each process has its own pages file, and knows these pages by their addresses.
      const copied = rangesOf(
        runs.filter(({ file }) => file === pagesFile),
        'address',
      );
      const others = bytesWithin(mappings, copied);
      return bytesWithin(mappings.map(inHeap), all).map((mapped, at) => mapped + (others[at] ?? 0));
    },
    written: (mappings) => bytesWithin(mappings.map(inHeap), written),
  };
}

function rangesOf(runs: readonly Run[], by: 'offset' | 'address'): ByteRange[] {
  return runs
    .map((run) => ({ start: BigInt(run[by]), end: BigInt(run[by] + run.pages * 4096) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** Where a mapping is in heap.img: nothing of it, if it is not mapped from there. */
function inHeap({ heapOffset, size }: Mapping): ByteRange {
  const start = heapOffset ?? 0n;
  return { start, end: heapOffset === undefined ? start : start + BigInt(size) };
}
