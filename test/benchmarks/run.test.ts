import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../integration/harness.js';

/** What a benchmark may leave: others on this machine may have left some before. */
const leftovers = () =>
  ['build', '/dev/shm'].flatMap((parent) =>
    readdirSync(parent).filter((name) => /^(bench|tubthump-bench)-/.test(name)),
  );

it('measures every row that was asked for, keeps samples and facts, leaves nothing', async () => {
  const json = join(temporaryDirectory(), 'result.json');
  const before = leftovers();
  const { stdout } = await promisify(execFile)('npm', [
    ...['run', '--silent', 'bench', '--', '--samples', '2', '--workloads', 'small'],
    ...['--conditions', 'loop', '--only', '^(criu|tubthump|cold-node-24)$', '--json', json],
  ]);
  const result = JSON.parse(readFileSync(json, 'utf8'));

  const ids = ['cold-node-24', 'criu', 'tubthump'];
  const cells = ids.flatMap((trial) => [0, 1].map((round) => `${trial} ${round}`));
  expect(
    result.samples
      .map(({ trial, round }: { trial: string; round: number }) => `${trial} ${round}`)
      .sort(),
  ).toEqual(cells);
  for (const sample of result.samples) {
    expect(sample).toMatchObject({ workload: 'small', condition: 'loop' });
    expect(sample.ms, JSON.stringify(sample)).toBeGreaterThan(0);
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
  expect(result.statistics.map(({ trial }: { trial: string }) => trial)).toEqual(ids);
  for (const { trial, summary, ratios, failures } of result.statistics) {
    expect(summary.n).toBe(2);
    expect(failures).toBe(0);
    // The row of the plain engine was not asked for.
    expect(ratios.eager).toBeNull();
    if (trial === 'tubthump') expect(ratios.map).toBeNull();
    else expect(ratios.map.low).toBeLessThanOrEqual(ratios.map.high);
  }
  for (const { title } of result.trials) expect(stdout).toContain(`| ${title} `);
  expect(leftovers()).toEqual(before);
});
