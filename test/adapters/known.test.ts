import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { adapterFor } from '../../src/adapters/known.js';
import { poolRegistry } from '../../src/adapters/pools.js';

afterEach(() => poolRegistry().packages.clear());

test('an adapter is named for who opened it, with any version or none', () => {
  for (const opener of ['pg@8.23.1', 'pg', 'pg-pool@3.14.0']) {
    expect(adapterFor(opener)).toBe('tubthump/adapters/pg');
  }
  for (const other of ['@acme/pg@1.0.0', 'pg-boss@10.1.0', 'constructor']) {
    expect(adapterFor(other)).toBeUndefined();
  }
});

test('one that is in use is of no more help', () => {
  poolRegistry().packages.add('pg');
  expect(adapterFor('pg@8.23.1')).toBeUndefined();
});

test('the package exports what it names', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(exports['./adapters/pg'].default).toBe('./dist/adapters/pg.js');
});
