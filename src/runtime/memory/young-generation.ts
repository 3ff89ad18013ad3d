import type { RuntimeStep } from '../../core/runtime-step.js';
import { scavenge } from './scavenge.js';

/** One half after the other, and the first one again. */
const HALVES = 3;

/**
 * The last step leaves the young generation empty, and zeros in it. What was there is garbage by now,
 * of which no page is to get into an image: see page_server/zero_pages.h. V8 would give the pages back,
 * but only with collections that throw away code as well: see collect.ts. And copies would collect it
 * soon after they wake, which touches what they would not, if it were half full.
 */
export const youngGeneration: RuntimeStep = {
  name: 'young-generation',
  quiesce({ engine }) {
    if (engine === 'map') scavenge(HALVES);
  },
};
