import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../benchmarks/options.mjs';

describe('options of the benchmark', () => {
  it('choose rows, workloads and conditions', () => {
    const options = parseOptions([
      ...['--only', '^criu', '--workloads', 'small', '--conditions', 'pause'],
      ...['--samples', '3', '--pause', '0.5', '--seed', 'x', '--json', 'out.json'],
    ]);
    if (options.command !== 'measure') throw new Error(options.command);
    expect(options.json).toBe('out.json');
    expect(options.plan).toMatchObject({ samples: 3, pause: 0.5, seed: 'x' });
    expect(options.plan.trials.map(({ id }) => id)).toEqual([
      ...['criu', 'criu-kdat', 'criu-lazy-pages', 'criu-tmpfs'],
    ]);
    expect(options.plan.workloads.map(({ id }) => id)).toEqual(['small']);
    expect(options.plan.conditions.map(({ id }) => id)).toEqual(['pause']);
  });

  it.each([
    [['--only', 'nobody'], /--only nobody: none of cold-node-20/],
    [['--workloads', 'nothing'], /--workloads nothing: none of small/],
    [['--samples', '-1'], /--samples/],
    [['--pause', 'long'], /--pause takes a positive number, not long/],
    [['stray'], /stray: no such argument/],
  ])('are refused when they make no sense: %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
