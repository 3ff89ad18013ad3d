import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../benchmarks/options.mjs';
import { plans } from '../../benchmarks/plans.mjs';

function planOf(args: string[]) {
  const options = parseOptions(args);
  if (options.command !== 'measure') throw new Error(options.command);
  return options.plan;
}

describe('options of the benchmark', () => {
  it('choose rows, workloads, conditions and numbers of copies', () => {
    const args = ['--plan', 'matrix', '--only', '^criu', '--workloads', 'small,heap-250'];
    const plan = planOf([...args, '--conditions', 'loop', '--copies', '1,8', '--samples', '3']);
    const ids = plan.blocks.map(({ workload, condition, copies, trials }) => ({
      ...{ workload: workload.id, condition: condition.id, copies },
      trials: trials.map(({ id }) => id).join(),
    }));
    expect(ids).toEqual(
      ['small', 'heap-250'].flatMap((workload) =>
        [1, 8].map((copies) => ({
          ...{ workload, condition: 'loop', copies },
          trials: 'criu,criu-kdat,criu-lazy-pages',
        })),
      ),
    );
    expect(plan.blocks.every(({ samples }) => samples === 3)).toBe(true);
  });

  it('take file, pause and seed', () => {
    const options = parseOptions(['--pause', '0.5', '--seed', 'x', '--json', 'out.json']);
    expect(options).toMatchObject({ json: 'out.json', plan: { pause: 0.5, seed: 'x' } });
  });

  it('change how many requests make a rate, where one is measured', () => {
    const args = ['--plan', 'matrix', '--workloads', 'small', '--copies', '1,8'];
    const { blocks } = planOf([...args, '--conditions', 'loop', '--throughput', '80']);
    expect(blocks.map(({ load }) => load)).toEqual([
      { requests: 499, throughput: 80 },
      { requests: 0, throughput: 0 },
    ]);
  });

  it('mean all tables of the README, with 20 samples, when there are none', () => {
    const { blocks } = planOf([]);
    expect(blocks).toEqual(plans.readme.map((table) => ({ ...table, samples: 20 })));
  });

  it.each([
    [['--plan', 'nothing'], /--plan nothing: none of readme, matrix/],
    [['--only', 'nobody'], /--only nobody: none of cold-node-20/],
    [['--only', 'snapshot'], /no table of the plan has rows/],
    [['--workloads', 'nothing'], /--workloads nothing: none of small/],
    [['--copies', '7'], /--copies 7: none of 1, 8, 16/],
    [['--samples', '-1'], /--samples/],
    [['--pause', 'long'], /--pause takes a positive number, not long/],
    [['stray'], /stray: no such argument/],
  ])('are refused when they make no sense: %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
