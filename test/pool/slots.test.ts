import { expect, it } from 'vitest';
import { Slots } from '../../src/pool/slots.js';

it('the lowest free number is given, and none beyond the last', () => {
  const slots = new Slots(3);
  expect([slots.take(), slots.take(), slots.take()]).toEqual([1, 2, 3]);
  expect(slots.take()).toBeUndefined();
  slots.free(2);
  slots.free(1);
  expect([slots.take(), slots.take(), slots.take()]).toEqual([1, 2, undefined]);
});
