import { describe, expect, it } from 'vitest';
import { percentile, ratioOfMedians, summarise } from '../../src/bench/statistics.js';

const oneToTen = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];

describe('statistics of samples', () => {
  it('has median, p90 and minimum, whatever the order', () => {
    expect(summarise(oneToTen)).toEqual({ n: 10, median: 5.5, p90: 9.1, min: 1 });
    expect(summarise([3])).toEqual({ n: 1, median: 3, p90: 3, min: 3 });
  });

  it('has percentiles', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(percentile(hundred, 0.99)).toBeCloseTo(99.01, 10);
    expect(percentile(hundred, 0.5)).toBe(50.5);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('leaves the samples as they were', () => {
    const values = [...oneToTen];
    summarise(values);
    ratioOfMedians(values, values, 'seed');
    expect(values).toEqual(oneToTen);
  });

  it('has an interval that holds the true ratio in about 95 of 100 cases', () => {
    // Ratio 2 by construction; a quadratic sequence modulo a prime stands for noise.
    let seen = 0;
    for (let run = 0; run < 100; run++) {
      const noise = (i: number) => ((i * i * 31 + i * 17 + run * 7919) % 1009) / 1009;
      const reference = Array.from({ length: 20 }, (_, i) => 10 + noise(i + run * 41));
      const values = Array.from({ length: 20 }, (_, i) => 20 + 2 * noise(i + 500 + run * 43));
      const { low, high } = ratioOfMedians(values, reference, `${run}`);
      if (low <= 2 && 2 <= high) seen++;
    }
    expect(seen).toBeGreaterThanOrEqual(88);
  });

  it('has the same interval for the same seed, another for another', () => {
    const twice = oneToTen.map((value) => value * 2);
    const first = ratioOfMedians(twice, oneToTen, 'seed');
    expect(ratioOfMedians(twice, oneToTen, 'seed')).toEqual(first);
    expect(ratioOfMedians(twice, oneToTen, 'another')).not.toEqual(first);
    expect(first.ratio).toBe(2);
    expect(first.low).toBeLessThan(2);
    expect(first.high).toBeGreaterThan(2);
  });

  it('has an interval that gets narrower with more samples', () => {
    const width = (times: number) => {
      const values = Array.from({ length: times }, () => oneToTen).flat();
      const { low, high } = ratioOfMedians(values, values, 'seed');
      return high - low;
    };
    expect(width(20)).toBeLessThan(width(1));
  });

  it('has no width where nothing varies', () => {
    expect(ratioOfMedians([6, 6, 6], [2, 2], 'seed')).toEqual({ ratio: 3, low: 3, high: 3 });
  });
});
