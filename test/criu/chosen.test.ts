import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { criuCache } from '../../src/criu/cache.js';
import { chosenCriu } from '../../src/criu/chosen.js';
import { fakeCriu, temporaryDirectory } from './fixtures.js';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryDirectory());
  vi.stubEnv('TUBTHUMP_CRIU', undefined);
  vi.stubEnv('PATH', temporaryDirectory());
});

afterEach(() => vi.unstubAllEnvs());

function chooseBySetup(criu: string): void {
  const { chosen } = criuCache();
  mkdirSync(dirname(chosen), { recursive: true });
  writeFileSync(chosen, `${criu}\n`);
}

test('named, then TUBTHUMP_CRIU, then what setup chose, then PATH', () => {
  const [named, inEnvironment, bySetup, onPath] = Array.from({ length: 4 }, () => fakeCriu(''));
  vi.stubEnv('PATH', dirname(onPath ?? ''));
  expect(chosenCriu()).toBe(onPath);
  chooseBySetup(bySetup ?? '');
  expect(chosenCriu()).toBe(bySetup);
  vi.stubEnv('TUBTHUMP_CRIU', inEnvironment);
  expect(chosenCriu()).toBe(inEnvironment);
  expect(chosenCriu(named)).toBe(named);
});

test('what setup chose may be gone since', () => {
  const onPath = fakeCriu('');
  vi.stubEnv('PATH', dirname(onPath));
  chooseBySetup('/nowhere/criu');
  expect(chosenCriu()).toBe(onPath);
});

test('a named one that is not there is not replaced', () => {
  chooseBySetup(fakeCriu(''));
  expect(() => chosenCriu('/nowhere/criu')).toThrow('there is no CRIU at /nowhere/criu');
});
