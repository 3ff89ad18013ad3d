import { expect, test } from 'vitest';
import { criuCache } from '../../src/criu/cache.js';

test('lies below XDG_CACHE_HOME', () => {
  const cache = criuCache({ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' });
  expect(cache.chosen).toBe('/var/cache/me/tubthump/criu.path');
  expect(cache.current).toBe('/var/cache/me/tubthump/criu/current');
});

test.each([undefined, '', 'relative/path'])('falls back to ~/.cache for %j', (value) => {
  const cache = criuCache({ XDG_CACHE_HOME: value, HOME: '/home/me' });
  expect(cache.root).toBe('/home/me/.cache/tubthump');
});
