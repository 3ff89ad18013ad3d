import { describe, expect, it } from 'vitest';
import { conditions } from '../../benchmarks/conditions.mjs';
import { turns } from '../../benchmarks/run.mjs';
import { trials } from '../../benchmarks/trials.mjs';

const plan = { trials, conditions, samples: 4, pause: 7, seed: 'seed' };

describe('the order of samples', () => {
  it('gives every row one turn in each round of its conditions', () => {
    for (const condition of conditions) {
      const rows = trials.filter((trial) => trial.conditions.includes(condition.id));
      for (let round = 0; round < plan.samples; round++) {
        const turn = turns(plan).filter(
          (one) => one.condition === condition.id && one.round === round,
        );
        expect(turn.map(({ trial }) => trial.id).sort()).toEqual(rows.map(({ id }) => id).sort());
      }
    }
  });

  it('is another in other rounds, and the same again with the same seed', () => {
    const ids = (seed: string) => turns({ ...plan, seed }).map(({ trial }) => trial.id);
    expect(ids('seed')).toEqual(ids('seed'));
    expect(ids('seed')).not.toEqual(ids('another'));
    const loop = turns(plan).filter(({ condition }) => condition === 'loop');
    const orders = new Set(
      [0, 1, 2, 3].map((round) =>
        loop
          .filter((turn) => turn.round === round)
          .map(({ trial }) => trial.id)
          .join(),
      ),
    );
    expect(orders.size).toBeGreaterThan(1);
  });

  it('waits before the samples of a pause only', () => {
    const seconds = (id: string) => turns(plan).filter(({ condition }) => condition === id);
    expect(new Set(seconds('loop').map((turn) => turn.seconds))).toEqual(new Set([0]));
    expect(new Set(seconds('pause').map((turn) => turn.seconds))).toEqual(new Set([7]));
  });
});

describe('trials', () => {
  it('are compared with rows that exist and that nothing else is compared through', () => {
    for (const { against } of trials) {
      for (const engine of ['map', 'eager'] as const) {
        if (against[engine] === null) continue;
        const reference = trials.find(({ id }) => id === against[engine]);
        expect(reference).toMatchObject({ engine });
        expect(reference?.against[engine]).toBeNull();
      }
    }
  });
});
