import { describe, expect, it } from 'vitest';
import { ScrubRules } from '../../../src/runtime/secrets/rules.js';

describe('rules for variables that leave the memory', () => {
  it.each([
    ['AWS_*', 'AWS_KEY', 'x', true],
    ['AWS_*', 'MY_AWS_KEY', 'x', false],
    ['*_TOKEN', 'A.B_TOKEN', 'x', true],
    ['K?Y', 'KEY', 'x', true],
    ['K?Y', 'KY', 'x', false],
    ['=AKIA*', 'ANY', 'AKIA123', true],
    ['=AKIA*', 'AKIA', 'other', false],
    ['DB_*=postgres://*:*@*', 'DB_URL', 'postgres://me:pw@host/db', true],
    ['DB_*=postgres://*:*@*', 'DB_URL', 'postgres://host/db', false],
    ['DB_*=postgres://*:*@*', 'URL', 'postgres://me:pw@host/db', false],
    ['A=*', 'A', 'two\nlines', true],
    ['(a|b)', 'a', 'x', false],
  ])('%s: %s=%j %s', (rule, name, value, expected) => {
    expect(new ScrubRules([rule]).match(name, value)).toBe(expected);
  });

  it('match when any of them does', () => {
    const rules = new ScrubRules(['A', 'B']);
    expect([rules.match('A', ''), rules.match('B', ''), rules.match('C', '')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(new ScrubRules([]).match('A', '')).toBe(false);
  });
});
