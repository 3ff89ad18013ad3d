import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesWithin } from '../../src/images/ranges.js';

const range = fc
  .tuple(fc.nat(60), fc.nat(20))
  .map(([start, size]) => ({ start: BigInt(start), end: BigInt(start + size) }));

it('counts what each byte for itself would say', () => {
  fc.assert(
    fc.property(fc.array(range), fc.uniqueArray(fc.nat(80)), (ranges, bytes) => {
      // Parts of one byte each, some of them neighbours.
      const parts = bytes
        .toSorted((a, b) => a - b)
        .map((at) => ({ start: BigInt(at), end: BigInt(at + 1) }));
      const expected = ranges.map(
        ({ start, end }) => bytes.filter((at) => start <= at && at < end).length,
      );
      expect(bytesWithin(ranges, parts)).toEqual(expected);
    }),
  );
});

it('counts a part of a part', () => {
  const parts = [
    { start: 10n, end: 20n },
    { start: 30n, end: 40n },
  ];
  const ranges = [
    [0n, 10n],
    [15n, 35n],
    [12n, 13n],
    [0n, 100n],
    [40n, 41n],
  ].map(([start = 0n, end = 0n]) => ({ start, end }));
  expect(bytesWithin(ranges, parts)).toEqual([0, 10, 1, 20, 0]);
});
