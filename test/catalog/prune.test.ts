import { expect, it } from 'vitest';
import type { CatalogEntry } from '../../src/catalog/list.js';
import { chooseToPrune } from '../../src/catalog/prune.js';

const DAY = 86_400_000;
const NOW = 100 * DAY;

/** Oldest first, as listImages gives them. */
const IMAGES: CatalogEntry[] = [
  image('a', 30, { app: 'shop' }),
  image('b', 20, { app: 'shop' }, [4711]),
  image('c', 10, { app: 'blog' }),
  image('d', 1, { app: 'shop' }),
];

function image(
  path: string,
  days: number,
  labels: Record<string, string>,
  users: number[] = [],
): CatalogEntry {
  const createdAt = NOW - days * DAY;
  return { path, id: path, createdAt, generation: 0, bytes: 1, labels, encrypted: false, users };
}

function chosen(rule: Partial<Parameters<typeof chooseToPrune>[1]>): string {
  return chooseToPrune(IMAGES, { labels: {}, ...rule }, NOW)
    .map(({ path }) => path)
    .join('');
}

it('takes the old ones, never one in use', () => {
  expect(chosen({ olderThanMs: 5 * DAY })).toBe('ac');
  expect(chosen({ olderThanMs: 15 * DAY })).toBe('a');
  expect(chosen({ olderThanMs: 50 * DAY })).toBe('');
});

it('keeps the newest, and of the others those in use', () => {
  expect(chosen({ keep: 1 })).toBe('ac');
  expect(chosen({ keep: 3 })).toBe('a');
  expect(chosen({ keep: 9 })).toBe('');
  expect(chosen({ keep: 0 })).toBe('acd');
});

it('takes what is old and not among the newest when both are given', () => {
  expect(chosen({ keep: 1, olderThanMs: 15 * DAY })).toBe('a');
});

it('looks at images with the labels only', () => {
  expect(chosen({ keep: 0, labels: { app: 'shop' } })).toBe('ad');
  expect(chosen({ keep: 1, labels: { app: 'shop' } })).toBe('a');
  expect(chosen({ keep: 0, labels: { app: 'none' } })).toBe('');
});
