import { describe, expect, it } from 'vitest';
import { draw } from '../../src/randomness/draw.js';
import { compare } from '../../src/randomness/verify.js';

describe('drawing from every generator', () => {
  it('gives other numbers each time, of all of them', async () => {
    const results = compare(await draw(), await draw());
    expect(results).toHaveLength(6);
    expect(results.filter(({ agrees }) => agrees)).toEqual([]);
  });

  it('finds the generator that agrees', () => {
    const results = compare({ one: '1', other: '2' }, { one: '1', other: '3' });
    expect(results).toEqual([
      { generator: 'one', agrees: true },
      { generator: 'other', agrees: false },
    ]);
  });
});
