import process from 'node:process';
import { getHeapCodeStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { callNative } from '../../native/load.js';
import { collectInSteps } from './collect.js';
import { memoryRegions } from './regions.js';

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
  if (engine !== 'map' || !(await collectTwiceInSteps())) collectAtOnce();
  setFlagsFromString('--flush-bytecode');
  // What is not swept now is swept before the next minor collection: in every copy, at its first turn
  // of the loop, by touching the whole heap. To walk through the heap V8 has to finish (MakeHeapIterable).
  getHeapCodeStatistics();
}

/** Contents of buffers go with the collection after the one that finds them unused. */
async function collectTwiceInSteps(): Promise<boolean> {
  const deadline = performance.now() + LIMIT_MS;
  return (await collectInSteps(deadline)) && (await collectInSteps(deadline));
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
