import { randomFillSync } from 'node:crypto';

/** After so many calls V8 has noted what a function calls. */
const NOTED = 200;

const original = Math.random;
let source = original;

/**
 * Puts a function of ours in the place of Math.random, as early as possible, so that references
 * which the application takes lead here. It calls V8's generator until the first restore; V8 offers
 * no way to give that one another state.
 */
export function interposeMathRandom(): void {
  if (Math.random !== original) return;
  Math.random = function random() {
    return source();
  };
  // As of one that may call anything, or its machine code would be given up in every copy, and that of
  // the application's functions into which V8 has put it.
  const other = () => 0;
  for (let call = 0; call < NOTED; call++) {
    source = call % 2 === 0 ? other : original;
    Math.random();
  }
}

/** From now on Math.random has a state of this copy's own. */
export function reseedMathRandom(): void {
  interposeMathRandom();
  source = freshSource();
}

/** A generator with a state that nobody else has. */
export function freshSource(): () => number {
  return xoshiro128(randomFillSync(new Uint32Array(4)));
}

/**
 * xoshiro128** by David Blackman and Sebastiano Vigna (public domain), two steps for 53 bits.
 * Like V8's own generator it is not meant for secrets.
 */
function xoshiro128(state: Uint32Array): () => number {
  let [a = 1, b = 0, c = 0, d = 0] = state;
  const step = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return () => ((step() >>> 5) * 0x4000000 + (step() >>> 6)) / 0x20000000000000;
}
