// @ts-check

/**
 * A generator of numbers in [0, 1) that gives the same ones for the same seed: xorshift32.
 *
 * @param {number} seed
 */
export function seededRandom(seed) {
  // Consecutive seeds shall not start alike, and zero is the one state that never changes.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {() => number} random
 * @returns {T}
 */
export function pick(list, random) {
  return /** @type {T} */ (list[Math.floor(random() * list.length)]);
}

/**
 * @param {number} low
 * @param {number} high included
 * @param {() => number} random
 */
export function integer(low, high, random) {
  return low + Math.floor(random() * (high - low + 1));
}
