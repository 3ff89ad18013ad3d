import { describe, expect, it } from 'vitest';
import { turns } from '../../src/bench/order.js';
import { trials } from '../../src/bench/trials.js';

const block = { trials, samples: 4 };

describe('the order of samples', () => {
  it('gives every row one turn in each round', () => {
    const all = turns(block, 'seed');
    for (let round = 0; round < block.samples; round++) {
      const ids = all.filter((turn) => turn.round === round).map(({ trial }) => trial.id);
      expect(ids.sort()).toEqual(trials.map(({ id }) => id).sort());
    }
    expect(all).toHaveLength(trials.length * block.samples);
  });

  it('is another in other rounds, and the same again with the same seed', () => {
    const ids = (seed: string) => turns(block, seed).map(({ trial }) => trial.id);
    expect(ids('seed')).toEqual(ids('seed'));
    expect(ids('seed')).not.toEqual(ids('another'));
    const rounds = [0, 1, 2, 3].map((round) =>
      turns(block, 'seed')
        .filter((turn) => turn.round === round)
        .map(({ trial }) => trial.id)
        .join(),
    );
    expect(new Set(rounds).size).toBeGreaterThan(1);
  });
});
