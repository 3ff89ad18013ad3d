import { describe, expect, it } from 'vitest';
import { HOT } from '../../src/bench/condition.js';
import type { Measured, Sample } from '../../src/bench/measure.js';
import { NO_LOAD } from '../../src/bench/plan.js';
import { resultOf, statisticsOf } from '../../src/bench/result.js';
import { renderResult } from '../../src/bench/table.js';
import { trials } from '../../src/bench/trials.js';

const workload = {
  ...{ id: 'shop', title: 'a shop', command: ['node', 'shop.mjs'], port: 3000, path: '/' },
  ...{ environment: {}, gcPath: null, isolated: true, warmRequests: 500 },
};
const block = { workload, condition: HOT, copies: 1, trials, load: NO_LOAD, samples: 2 };
const plan = { blocks: [block, { ...block, copies: 8 }], pause: 1, seed: 'seed' };

const at = (trial: string, round: number, copies = 1) => ({
  ...{ workload: 'shop', condition: 'loop', copies, trial, round },
});
const samples: Sample[] = [
  { ...at('cold', 0), ms: 300, p99: 4 },
  { ...at('cold', 1), ms: 500, p99: 8 },
  { ...at('tubthump', 0), ms: 10, p99: 3 },
  { ...at('tubthump', 1), ms: 30, p99: 3 },
  { ...at('warm', 0), p99: 2 },
  { ...at('warm', 1), p99: 2 },
  { ...at('criu', 0), failure: 'no' },
  { ...at('tubthump', 0, 8), ms: 80 },
];
const measured: Measured = {
  machine: {
    ...{ cpu: 'one', cores: 2, memoryGb: 24, kernel: '6.18', criu: '4.2.1', nodes: ['v20'] },
    ...{ runIsTmpfs: false, load: [0, 0, 0], date: '2026-11-21T10:00:00.000Z' },
  },
  loadAfter: [0, 0, 0],
  images: [{ workload: 'shop', bytes: 36_000_000 }],
  samples,
  leftOut: [{ workload: 'shop', trial: 'compile-cache', reason: 'too\nold' }],
};
const result = resultOf(plan, measured);
const find = (trial: string, copies = 1) =>
  result.statistics.find((row) => row.trial === trial && row.copies === copies);

describe('a result', () => {
  it('has each measure of each row, with its ratios to the rows it is compared with', () => {
    const cold = find('cold');
    expect(cold?.measures.ms?.summary).toEqual({ n: 2, median: 400, p90: 480, min: 300 });
    expect(cold?.measures.ms?.ratios.map).toMatchObject({ ratio: 20 });
    expect(cold?.measures.p99?.ratios.warm).toEqual({ ratio: 3, low: 2, high: 4 });
    expect(cold?.measures.gcMs).toBeUndefined();
    expect(find('tubthump')?.measures.ms?.ratios).toEqual({});
    expect(find('warm')?.measures.ms).toBeUndefined();
  });

  it('keeps bursts apart, and counts failures', () => {
    expect(find('tubthump', 8)?.measures.ms?.summary).toMatchObject({ n: 1, median: 80 });
    expect(find('cold', 8)).toBeUndefined();
    expect(find('criu')).toMatchObject({ failures: 1, measures: {} });
  });

  it('has the same statistics whenever they are computed', () => {
    expect(statisticsOf(JSON.parse(JSON.stringify(result)))).toEqual(result.statistics);
  });

  it('is shown with every row, failed and left out ones too', () => {
    const text = renderResult(result);
    expect(text).toContain('**a shop**, image of 36.0 MB, one after another:');
    expect(text).toContain('8 copies at once, until all have answered:');
    expect(text).toMatch(
      /\| cold start +\| +2 \| +400\.0 \| +480\.0 \| +300\.0 \| +20\.0× \(10\.0× to/,
    );
    expect(text).toMatch(/\| `criu restore`, \/run on a disk +\| 0 \(1 failed\) \| +– \|/);
    expect(text).toMatch(/\| warm process that never was checkpointed +\| +2\.00 \|/);
    expect(text).toContain('- a shop: cold start, `NODE_COMPILE_CACHE`: too old');
    expect(text).toContain('Linux 6.18, CRIU 4.2.1, Node v20, load 0.00 before');
    expect(text).not.toContain('CPU ms');
  });
});
