import seedrandom from 'seedrandom';
import { median, min, quantile, sampleWithReplacement } from 'simple-statistics';

/** How often the bootstrap draws: enough for two digits of a 95 % interval. */
const DRAWS = 2000;

export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly p90: number;
  readonly min: number;
}

export interface Ratio {
  readonly ratio: number;
  /** Ends of the 95 % confidence interval. */
  readonly low: number;
  readonly high: number;
}

/** @param values at least one */
export function summarise(values: readonly number[]): Summary {
  const all = [...values];
  return { n: all.length, median: median(all), p90: quantile(all, 0.9), min: min(all) };
}

/**
 * @param values at least one
 * @param share 0 to 1
 */
export function percentile(values: readonly number[], share: number): number {
  return quantile([...values], share);
}

/**
 * The ratio of two medians and its 95 % confidence interval (percentile bootstrap). The same seed
 * gives the same interval.
 *
 * @param values at least one
 * @param reference at least one
 */
export function ratioOfMedians(
  values: readonly number[],
  reference: readonly number[],
  seed: string,
): Ratio {
  const random = seedrandom(seed);
  const draw = (from: number[]) => median(sampleWithReplacement(from, from.length, random));
  const [above, below] = [[...values], [...reference]];
  const ratios = Array.from({ length: DRAWS }, () => draw(above) / draw(below));
  return {
    ratio: median(above) / median(below),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}
