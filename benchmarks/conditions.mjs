// @ts-check
// What happens before each sample.

/**
 * `seconds`: nothing happens for so long before a sample; null: as --pause says.
 *
 * @typedef {{ id: string, title: string, seconds: number | null }} Condition
 */

/** @type {readonly Condition[]} */
export const conditions = [
  { id: 'loop', title: 'one after another', seconds: 0 },
  // CRIU's first breakpoint on an idle host waits for an RCU grace period, 8 to 28 ms, which no
  // loop ever shows and every user feels.
  { id: 'pause', title: 'after a pause', seconds: null },
];
