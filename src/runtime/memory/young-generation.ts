import type { RuntimeStep } from '../../core/runtime-step.js';
import { Collections } from './collections.js';

/** Far more than V8's largest young generation, three times over. */
const LIMIT_BYTES = 512 * 1024 * 1024;
/** Little less than what V8 still puts there: pages between headers are zero from end to end. */
const BLOCK_BYTES = 120 * 1024;
const BLOCK: readonly number[] = new Array<number>(BLOCK_BYTES / 8).fill(0);

/**
 * The last step leaves the young generation empty, and zeros in it. What was there is garbage by now,
 * of which no page is to get into an image: see page_server/zero_pages.h. V8 would give the pages back,
 * but only with collections that throw away code as well: see collect.ts. And copies would collect it
 * soon after they wake, which touches what they would not, if it were half full.
 */
export const youngGeneration: RuntimeStep = {
  name: 'young-generation',
  quiesce({ engine }) {
    if (engine === 'map') clear();
  },
};

/** One half after the other, and the first one again. */
function clear(): void {
  using collections = new Collections();
  let halves = 0;
  for (let bytes = 0; halves < 3 && bytes < LIMIT_BYTES; bytes += BLOCK_BYTES) {
    BLOCK.slice();
    if (collections.since().includes('Scavenge')) halves++;
  }
}
