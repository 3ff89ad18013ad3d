import { beforeEach, expect, it } from 'vitest';
import {
  initialEntries,
  initialEnvironment,
  restoredWith,
  restoreEnvironment,
  startedWith,
} from '../../../src/runtime/environment/given.js';
import { RESTORED, RESUMED } from '../../contract/cores.js';

beforeEach(() => startedWith({ KEPT: '1', CHANGED: 'before', GONE: '' }));

it('names what a restore brought, changed and took away', () => {
  const names = restoredWith(['KEPT=1', 'CHANGED=with=equals', 'NEW=']);
  expect([...names].sort()).toEqual(['CHANGED', 'GONE', 'NEW']);
  expect({ ...initialEnvironment() }).toEqual({ KEPT: '1', CHANGED: 'with=equals', NEW: '' });
});

it('compares with the restore before, not with the start', () => {
  restoredWith(['KEPT=1', 'NEW=2']);
  expect([...restoredWith(['KEPT=1', 'NEW=2'])]).toEqual([]);
  expect([...restoredWith(['KEPT=1'])]).toEqual(['NEW']);
  expect(initialEntries()).toEqual(['KEPT=1']);
});

it('settings are those of the restore, if there was one that brought any', () => {
  const view = { ...RESTORED, environment: ['KEPT=2'] };
  restoredWith(view.environment);
  expect(restoreEnvironment(view)).toMatchObject({ KEPT: '2' });
  for (const other of [RESTORED, RESUMED, { reason: 'aborted' } as const])
    expect(restoreEnvironment(other)).toEqual({});
});
