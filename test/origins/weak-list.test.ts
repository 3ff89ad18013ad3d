import { describe, expect, it } from 'vitest';
import { WeakList } from '../../src/origins/weak-list.js';

describe('a weak list', () => {
  it('has what is alive, in order, beyond the size at which it is swept', () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ index }));
    const list = new WeakList<object>();
    for (const item of items) list.add(item);
    expect(list.alive()).toEqual(items);
  });
});
