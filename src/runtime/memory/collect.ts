import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Collections } from './collections.js';

/** Kinds of Collections. */
const MARKING = 'IncrementalMarking';
const COLLECTION = 'MarkSweepCompact';

const POLL_MS = 1;
/** An element of an array, in bytes. */
const SLOT = 8;
const SMALLEST_BYTES = 512 * 1024;
/** Far more than a percent of what V8 lets a heap of many gigabytes grow by. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * A full collection that is marked in steps, as V8 does by itself, until `deadline` (performance.now()).
 *
 * Optimized code refers weakly to the hidden classes that it was made for. Between two requests many
 * have no object; V8 keeps them as long as their constructors live (`MarkCompactCollector::RetainMaps`),
 * but asks for that before it has marked anything where a collection is made at once, and for nothing
 * where memory is short: `gc()` of --expose-gc, with any options, throws away what is hottest in a
 * server. Copies would start with it uncompiled.
 *
 * @returns whether it was made; not where V8 was told not to mark in steps, or the heap is full
 */
export async function collectInSteps(deadline: number): Promise<boolean> {
  using collections = new Collections();
  let seen = startMarking(collections);
  if (seen.length === 0) return false;
  // A small heap may have been marked and swept at once.
  while (!seen.includes(COLLECTION)) {
    if (performance.now() >= deadline) return false;
    await sleep(POLL_MS);
    seen = collections.since();
  }
  return true;
}

/**
 * By allocating a percent of what would make V8 start: little, but each heap has its own measure.
 *
 * @returns what was seen from the beginning of the marking on; nothing when it did not begin. A
 *   collection before it is the end of a marking that was under way, and may have found alive what
 *   was let go of since.
 */
function startMarking(collections: Collections): readonly string[] {
  let seen: readonly string[] = [];
  // The last one is kept, so that it gets into the old generation, which is what counts. V8 takes it
  // for alive when it starts; of zeros, it takes no room in an image.
  const kept: unknown[] = [];
  setFlagsFromString('--incremental-marking-hard-trigger=1');
  for (
    let bytes = SMALLEST_BYTES;
    !seen.includes(MARKING) && bytes <= LARGEST_BYTES;
    bytes *= 1.25
  ) {
    if (bytes > roomInHeap() / 4) break; // A service whose heap is full must not end because of us.
    kept[0] = new Array(Math.ceil(bytes / SLOT)).fill(0);
    seen = collections.since();
  }
  setFlagsFromString('--incremental-marking-hard-trigger=0');
  const start = seen.lastIndexOf(MARKING);
  return start < 0 ? [] : seen.slice(start);
}

/** In bytes. */
function roomInHeap(): number {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  return limit - used;
}
