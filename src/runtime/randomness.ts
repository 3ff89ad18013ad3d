import { randomInt, randomUUID } from 'node:crypto';
import type { RuntimeStep } from '../core/runtime-step.js';
import { callNative } from '../native/load.js';
import { freshSource, reseedMathRandom } from './math-random.js';

/** Values that Node draws ahead (lib/internal/crypto/random.js): UUIDs, and 6-byte integers. */
const UUIDS_AHEAD = 128;
const INTEGERS_AHEAD = 1024;

/** After so many rounds V8 has compiled what draws: 2 ms of every wakening become 0.3. */
const REHEARSALS = 12;

/** Without this every copy of an image goes through the same "random" numbers. */
export const randomness: RuntimeStep = {
  name: 'randomness',
  quiesce() {
    for (let round = 0; round < REHEARSALS; round++) {
      drawAhead();
      freshSource()();
    }
  },
  wake({ reason }) {
    if (reason !== 'restored') return;
    callNative((addon) => addon.reseed());
    drawAhead();
    reseedMathRandom();
  },
};

/** Uses up what was drawn before the dump. */
function drawAhead(): void {
  for (let drawn = 0; drawn < UUIDS_AHEAD; drawn++) randomUUID();
  for (let drawn = 0; drawn < INTEGERS_AHEAD; drawn++) randomInt(2);
}
