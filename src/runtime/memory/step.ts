import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapCodeStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { callNative } from '../../native/load.js';
import { collectInSteps } from './collect.js';
import { memoryRegions } from './regions.js';
import { scavenge } from './scavenge.js';

const LIMIT_MS = 30_000;

/** Garbage is neither dumped nor restored: collected, and given back to the system. Code stays. */
export const memory: RuntimeStep = {
  name: 'memory',
  async quiesce({ request, engine }) {
    const before = memoryRegions();
    await collectGarbage(engine);
    callNative((addon) => addon.trimMemory());
    request.prepared.memory = { before, after: memoryRegions() };
  },
};

async function collectGarbage(engine: string): Promise<void> {
  // Bytecode of functions that did not run in between would be taken for stale.
  setFlagsFromString('--no-flush-bytecode');
  if (engine !== 'map' || !(await collectInSteps(performance.now() + LIMIT_MS))) collectAtOnce();
  else await finishCollection();
  setFlagsFromString('--flush-bytecode');
  // What is not swept now is swept before the next minor collection: in every copy, at its first turn
  // of the loop, by touching the whole heap. To walk through the heap V8 has to finish (MakeHeapIterable).
  getHeapCodeStatistics();
}

/** What another full collection would do as well, which takes a hundred times as long. */
async function finishCollection(): Promise<void> {
  // V8 calls what is registered for finalization in the next turn of the event loop.
  await sleep(0);
  // Contents of buffers go with the collection after the one that finds them unused.
  scavenge(1);
}

/**
 * Takes code as well, see collectInSteps, but gives back the pages of the young generation: where pages
 * are copied at a restore, that counts for more.
 */
function collectAtOnce(): void {
  // `gc` is a function of a context that is made while the flag is set, and nobody else's.
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options?: object) => void;
  setFlagsFromString('--no-expose-gc');
  // Node 20's V8 takes any options for those of a minor collection, which frees next to nothing.
  if (Number(process.versions.node.split('.')[0]) > 20) {
    gc({ type: 'major', flavor: 'last-resort' });
  } else {
    gc();
  }
  gc(); // And the limit is far away again.
}
