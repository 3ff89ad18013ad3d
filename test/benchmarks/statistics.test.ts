import { describe, expect, it } from 'vitest';
import { ratioOfMedians, summarise } from '../../benchmarks/statistics.mjs';

const oneToTen = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];

describe('statistics of samples', () => {
  it('has median, p90 and minimum, whatever the order', () => {
    expect(summarise(oneToTen)).toEqual({ n: 10, median: 5.5, p90: 9.1, min: 1 });
    expect(summarise([3])).toEqual({ n: 1, median: 3, p90: 3, min: 3 });
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
