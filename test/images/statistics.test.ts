import { expect, test } from 'vitest';
import { readStatistics } from '../../src/images/statistics.js';

/** A `stats-restore` that CRIU 4.2.1 wrote. */
const RESTORE = Buffer.from(
  '4059105506330957 0e000000 120c0800 100018940220a7342869'.replace(/ /g, ''),
  'hex',
);

test('a file of CRIU is read', () => {
  expect(readStatistics(RESTORE)).toEqual({
    restore: {
      ...{ pagesCompared: 0, pagesSkippedCow: 0 },
      ...{ forkingTime: 276, restoreTime: 6695, pagesRestored: 105 },
    },
  });
});

test('numbers that a later CRIU adds are passed over, those that an older one lacks are 0', () => {
  // Those that have to be there, by number, then two of a later CRIU.
  const needed = [1, 2, 3, 4, 5, 6, 7, 9].map((number) =>
    `0${(number << 3).toString(16)}`.slice(-2),
  );
  const entry = `${needed.map((tag) => `${tag}05`).join('')}78018201026162`;
  const message = Buffer.from(`0a${(entry.length / 2).toString(16)}${entry}`, 'hex');
  const header = Buffer.from(RESTORE.subarray(0, 12));
  header.writeUInt32LE(message.length, 8);
  const { dump } = readStatistics(Buffer.concat([header, message]));
  expect(dump).toMatchObject({ freezingTime: 5, frozenTime: 5, shpagesWritten: 0 });
});

test.each([
  ['nothing', undefined],
  ['an empty file', Buffer.alloc(0)],
  ['another kind of image', Buffer.concat([Buffer.alloc(8), RESTORE.subarray(8)])],
])('of %s there are none', (_, file) => {
  expect(readStatistics(file)).toEqual({});
});

test('a file that is cut short anywhere, or has a bit flipped, is no reason to fail', () => {
  for (let size = 0; size < RESTORE.length; size++) {
    expect(readStatistics(RESTORE.subarray(0, size)).dump).toBeUndefined();
  }
  for (let bit = 0; bit < RESTORE.length * 8; bit++) {
    const file = Buffer.from(RESTORE);
    file[bit >> 3] = (file[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(Object.keys(readStatistics(file)).length).toBeLessThanOrEqual(2);
  }
});
