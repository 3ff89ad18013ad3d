import process from 'node:process';
import { getHeapCodeStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { callNative } from '../../native/load.js';
import { memoryRegions } from './regions.js';

/** Garbage is neither dumped nor restored: collected, and given back to the system. Code stays. */
export const memory: RuntimeStep = {
  name: 'memory',
  quiesce({ request }) {
    const before = memoryRegions();
    collectGarbage();
    callNative((addon) => addon.trimMemory());
    request.prepared.memory = { before, after: memoryRegions() };
  },
};

function collectGarbage(): void {
  // `gc` is a function of a context that is made while the flag is set, and nobody else's.
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options?: { type: string; flavor: string }) => void;
  setFlagsFromString('--no-expose-gc');
  // A plain collection keeps the young generation's pages, 5 MB of nothing; the last resort before
  // V8 would run out of memory gives them back.
  // Its several rounds would take bytecode of functions that did not run in between for stale.
  setFlagsFromString('--no-flush-bytecode');
  if (knowsFlavors()) {
    gc({ type: 'major', flavor: 'last-resort' });
  } else {
    gc();
    gc(); // Contents of buffers go with the collection after the one that finds them unused.
  }
  setFlagsFromString('--flush-bytecode');
  // What is not swept now is swept before the next minor collection: in every copy, at its first turn
  // of the loop, by touching the whole heap. To walk through the heap V8 has to finish (MakeHeapIterable).
  getHeapCodeStatistics();
}

/** Node 20's V8 takes any options for those of a minor collection, which frees next to nothing. */
function knowsFlavors(): boolean {
  return Number(process.versions.node.split('.')[0]) > 20;
}
