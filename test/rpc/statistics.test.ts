import { expect, test } from 'vitest';
import { readStatistics } from '../../src/rpc/statistics.js';

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
  const message = Buffer.from('0a 09 08 05 78 01 82 01 02 61 62'.replace(/ /g, ''), 'hex');
  const header = Buffer.from(RESTORE.subarray(0, 12));
  header.writeUInt32LE(message.length, 8);
  const { dump } = readStatistics(Buffer.concat([header, message]));
  expect(dump).toMatchObject({ freezingTime: 5, frozenTime: 0, shpagesWritten: 0 });
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
