import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Result } from '../../src/bench/result.js';
import { temporaryDirectory } from '../integration/harness.js';

/** What a benchmark may leave: others on this machine may have left some before. */
const leftovers = () =>
  ['build', '/dev/shm'].flatMap((parent) =>
    readdirSync(parent).filter((name) => name.startsWith('tubthump-bench-')),
  );

it('measures every row that was asked for, keeps samples and facts, leaves nothing', async () => {
  const json = join(temporaryDirectory(), 'result.json');
  const before = leftovers();
  const { stdout } = await promisify(execFile)('npm', [
    ...['run', '--silent', 'bench', '--', '--plan', 'matrix', '--samples', '2'],
    ...['--workloads', 'small', '--conditions', 'loop,evicted', '--copies', '1,8'],
    ...['--only', '^(criu-lazy-pages|tubthump|snapshot|warm)$', '--throughput', '80'],
    ...['--json', json],
  ]);
  const result: Result = JSON.parse(readFileSync(json, 'utf8'));

  const restores = ['criu-lazy-pages', 'tubthump'];
  const rows = [
    ...['snapshot', ...restores, 'warm'].map((trial) => `loop 1 ${trial}`),
    ...restores.map((trial) => `loop 8 ${trial}`),
    ...restores.map((trial) => `evicted 1 ${trial}`),
  ];
  expect(result.leftOut).toEqual([]);
  const cells = result.samples.map(
    ({ condition, copies, trial, round }) => `${condition} ${copies} ${trial} ${round}`,
  );
  expect(cells.sort()).toEqual(rows.flatMap((row) => [`${row} 0`, `${row} 1`]).sort());
  for (const sample of result.samples) {
    expect(sample, JSON.stringify(sample)).not.toHaveProperty('failure');
    if (sample.trial !== 'warm') {
      for (const measure of ['ms', 'privateMb', 'proportionalMb']) {
        expect(sample).toHaveProperty(measure, expect.any(Number));
      }
    }
    if (sample.condition === 'loop' && sample.copies === 1) {
      for (const measure of ['p50', 'p99', 'gcMs', 'requestsPerSecond']) {
        expect(sample).toHaveProperty(measure, expect.any(Number));
      }
    }
  }
  expect(result.machine).toMatchObject({
    cpu: expect.any(String),
    cores: expect.any(Number),
    kernel: expect.stringMatching(/^\d+\.\d+/),
    criu: expect.stringMatching(/^\d+\.\d+/),
    nodes: [expect.stringMatching(/^v20\./), expect.stringMatching(/^v24\./)],
    runIsTmpfs: expect.any(Boolean),
    load: [expect.any(Number), expect.any(Number), expect.any(Number)],
  });
  expect(result.images).toEqual([{ workload: 'small', bytes: expect.any(Number) }]);
  for (const { trial, copies, failures, measures } of result.statistics) {
    expect(failures).toBe(0);
    if (trial === 'warm') continue;
    expect(measures.ms?.summary.n).toBe(2);
    const ratio = measures.ms?.ratios.map;
    if (trial === 'tubthump') expect(ratio).toBeUndefined();
    else expect(ratio?.low, `${trial} ${copies}`).toBeLessThanOrEqual(ratio?.high ?? 0);
  }
  for (const { title } of result.trials) expect(stdout).toContain(`| ${title} `);
  expect(leftovers()).toEqual(before);
}, 300_000);
