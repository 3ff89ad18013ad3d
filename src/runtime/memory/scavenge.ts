import { Collections } from './collections.js';

/** Far more than V8's largest young generation, three times over. */
const LIMIT_BYTES = 512 * 1024 * 1024;
/** Little less than what V8 still puts there: pages between headers are zero from end to end. */
const BLOCK_BYTES = 120 * 1024;
const BLOCK: readonly number[] = new Array<number>(BLOCK_BYTES / 8).fill(0);

/** Fills the young generation with zeros until V8 has collected it so many times. */
export function scavenge(times: number): void {
  using collections = new Collections();
  for (let done = 0, bytes = 0; done < times && bytes < LIMIT_BYTES; bytes += BLOCK_BYTES) {
    BLOCK.slice();
    if (collections.since().has('Scavenge')) done++;
  }
}
