// @ts-check
// Medians, spreads and the uncertainty of ratios; nothing here knows what was measured.
import seedrandom from 'seedrandom';
import { median, min, quantile, sampleWithReplacement } from 'simple-statistics';

/** How often the bootstrap draws: enough for two digits of a 95 % interval. */
const DRAWS = 2000;

/**
 * @typedef {{ n: number, median: number, p90: number, min: number }} Summary
 * @typedef {{ ratio: number, low: number, high: number }} Ratio
 */

/**
 * @param {number[]} values at least one
 * @returns {Summary}
 */
export function summarise(values) {
  return {
    n: values.length,
    median: median(values),
    p90: quantile(values, 0.9),
    min: min(values),
  };
}

/**
 * The ratio of two medians and its 95 % confidence interval (percentile bootstrap). The same seed
 * gives the same interval.
 *
 * @param {number[]} values at least one
 * @param {number[]} reference at least one
 * @param {string} seed
 * @returns {Ratio}
 */
export function ratioOfMedians(values, reference, seed) {
  const random = seedrandom(seed);
  const draw = (/** @type {number[]} */ from) =>
    median(sampleWithReplacement(from, from.length, random));
  const ratios = Array.from({ length: DRAWS }, () => draw(values) / draw(reference));
  return {
    ratio: median(values) / median(reference),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}
