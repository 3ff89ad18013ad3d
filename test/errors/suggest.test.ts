import { expect, test } from 'vitest';
import { suggest } from '../../src/errors/suggest.js';

test.each([
  ['restor', 'restore'],
  ['resotre', 'restore'],
  ['setpu', 'setup'],
  ['run', 'run'],
  ['checkpoint', undefined],
])('%s means %s', (word, meant) => {
  expect(suggest(word, ['setup', 'run', 'restore'])).toBe(meant);
});

test('the nearest one wins', () => {
  expect(suggest('rum', ['sum1', 'run'])).toBe('run');
});
