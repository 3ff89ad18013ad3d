import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../src/bench/image.js';
import type { Result } from '../../src/bench/result.js';
import { adopt, collect, exitOf, LAUNCHER, temporaryDirectory } from './harness.js';

/** As an installed package has it: nothing of benchmarks/ takes part. */
async function bench(options: readonly string[], command: readonly string[], port: number) {
  const args = ['bench', '--url', `http://127.0.0.1:${port}/`, ...options, '--', ...command];
  const env = { ...process.env, PORT: `${port}`, TMPDIR: resolve('build') };
  const running = collect(adopt(spawn(LAUNCHER, args, { stdio: ['ignore', 'pipe', 'pipe'], env })));
  const { status } = await exitOf(running.child);
  return { status, output: running.output() };
}

describe("tubthump bench of a service of one's own", () => {
  it('starts it in every way that is possible, and shows what came of it', async () => {
    const output = join(temporaryDirectory(), 'result.json');
    const command = [process.execPath, resolve('benchmarks/services/heap.cjs')];
    const options = ['--samples', '2', '--requests', '20', '--output', output];
    const ended = await bench(options, command, await freePort());
    expect(ended.status, ended.output).toBe(0);
    expect(ended.output).toContain('| start to first answer ');
    expect(ended.output).toContain('| requests after the first ');

    const result: Result = JSON.parse(readFileSync(output, 'utf8'));
    const possible = ['cold', 'criu', 'criu-kdat', 'criu-lazy-pages', 'tubthump-eager', 'tubthump'];
    for (const trial of possible) {
      const own = result.samples.filter((sample) => sample.trial === trial);
      expect(own).toHaveLength(2);
      for (const sample of own) expect(sample).toHaveProperty('ms', expect.any(Number));
      expect(ended.output).toContain(`| ${result.trials.find(({ id }) => id === trial)?.title} `);
    }
    // Node 20 has no compile cache: the row is not passed over in silence.
    const cached = result.samples.some(({ trial }) => trial === 'compile-cache');
    const told = result.leftOut?.some(({ trial }) => trial === 'compile-cache');
    expect(cached).not.toBe(told);
  }, 120_000);

  it('says why a service cannot be measured', async () => {
    const { status, output } = await bench([], [process.execPath, '-e', '0'], await freePort());
    expect(output).toContain('(ERR_TUBTHUMP_BENCH)');
    expect(output).toMatch(/no image of .*the service ended before its checkpoint/);
    expect(status).toBe(70);
  });
});
