import { describe, expect, it } from 'vitest';
import type { Holding } from '../../src/descriptors/holding.js';
import { compilePolicy } from '../../src/policy/match.js';
import { parsePolicy } from '../../src/policy/parse.js';

const log: Holding = { kind: 'file', fd: 20, target: '/var/log/a.log', path: '/var/log/a.log' };
const database: Holding = {
  kind: 'tcp-connected',
  fd: 21,
  target: '10.0.0.7:41000 -> 10.0.0.9:5432',
  local: '10.0.0.7:41000',
  remote: '10.0.0.9:5432',
};
const child: Holding = { kind: 'child', pid: 5, target: '5 `sleep 60`', command: 'sleep 60' };

async function fits(rule: string, holding: Holding): Promise<boolean> {
  const policy = await compilePolicy(parsePolicy(rule, 'policy'));
  return policy(holding) !== undefined;
}

describe('a rule fits', () => {
  it.each([
    ['keep kind=file', log, true],
    ['keep kind=fifo,file', log, true],
    ['keep kind=fifo', log, false],
    ['keep fd=20', log, true],
    ['keep fd=2000', log, false],
    ['keep path=/var/log/*.log', log, true],
    ['keep path=/var/*.log', log, false],
    ['keep path=/var/**', log, true],
    ['keep path=/var/**', database, false],
    ['keep remote=*:5432', database, true],
    ['keep remote=10.0.0.*:*', database, true],
    ['keep remote=10.0.0.9:543', database, false],
    ['keep remote=10x0.0.9:5432', database, false],
    ['keep local=10.0.0.7:*', database, true],
    ['keep local=*:5432', database, false],
    ['keep remote=*:*', log, false],
    ['keep command="sleep *"', child, true],
    ['keep command=sleep', child, false],
    ['keep kind=file fd=21', log, false],
    ['keep', child, true],
  ])('%s', async (rule, holding, expected) => {
    expect(await fits(rule, holding)).toBe(expected);
  });

  it('and the first that fits decides', async () => {
    const rules = 'keep kind=fifo\nclose path=/var/log/**\nreopen kind=file\n';
    const policy = await compilePolicy(parsePolicy(rules, 'policy'));
    expect(policy(log)).toMatchObject({ action: 'close', place: 'policy:2' });
  });
});
