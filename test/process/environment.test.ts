import process from 'node:process';
import { afterEach, expect, it } from 'vitest';
import { currentEnvironment, environmentOf } from '../../src/process/environment.js';

afterEach(() => {
  delete process.env.TUBTHUMP_TEST;
});

it('is what the entries say; values may hold equals signs, names may begin with one', () => {
  const environment = environmentOf(['A=1', 'B=with=equals', 'C=', '=D=4']);
  expect({ ...environment }).toEqual({ A: '1', B: 'with=equals', C: '', '=D': '4' });
});

it('knows no names but its own', () => {
  expect('constructor' in environmentOf([])).toBe(false);
  expect(Object.keys(environmentOf(['__proto__=x']))).toEqual(['__proto__']);
});

it('can be taken from process.env, and does not follow it', () => {
  process.env.TUBTHUMP_TEST = 'before';
  const environment = currentEnvironment();
  process.env.TUBTHUMP_TEST = 'after';
  expect(environment.TUBTHUMP_TEST).toBe('before');
  expect(Object.keys(environment).sort()).toEqual(Object.keys(process.env).sort());
});
