import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.js';
import type { Rule } from '../../src/policy/rule.js';

const directory = mkdtempSync(join(tmpdir(), 'tubthump-policy-'));
afterAll(() => rmSync(directory, { recursive: true }));

const file = join(directory, 'app.policy');
writeFileSync(file, 'keep path=/data/*\n');
const held = { kind: 'file', fd: 9, target: '/data/a', path: '/data/a' } as const;

describe('the policy of a checkpoint', () => {
  it('is the file of TUBTHUMP_POLICY when none is given', async () => {
    const policy = await loadPolicy(undefined, { TUBTHUMP_POLICY: file });
    expect(policy(held)).toMatchObject({ action: 'keep', place: `${file}:1` });
  });

  it('is the one given, not that of the environment', async () => {
    const policy = await loadPolicy([{ action: 'ignore' }], { TUBTHUMP_POLICY: file });
    expect(policy(held)).toMatchObject({ action: 'ignore', place: 'policy[0]' });
  });

  it('has no rules without either', async () => {
    expect((await loadPolicy(undefined, {}))(held)).toBeUndefined();
    expect((await loadPolicy(undefined, { TUBTHUMP_POLICY: '' }))(held)).toBeUndefined();
  });

  it('that is not there is named', async () => {
    const loading = loadPolicy(join(directory, 'none'));
    await expect(loading).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_POLICY' });
    await expect(loading).rejects.toThrow(/cannot read the policy .*none: ENOENT/);
  });

  it.each([
    [[{ kind: 'file' }], /policy\[0\]: no `action`, in the rule `\{ kind: 'file' \}`/],
    [[{ action: 'keep' }, 'close'], /policy\[1\]: a rule is an object/],
    [[{ action: 'keep', path: 7 }], /`path` takes a non-empty string, not 7/],
  ])('given as %j is refused', async (rules, message) => {
    await expect(loadPolicy(rules as Rule[])).rejects.toThrow(message);
  });
});
