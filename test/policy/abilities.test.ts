import { describe, expect, it } from 'vitest';
import { type Holding, KINDS } from '../../src/descriptors/holding.js';
import { suggestedRule } from '../../src/policy/abilities.js';
import { compilePolicy } from '../../src/policy/match.js';
import { parsePolicy } from '../../src/policy/parse.js';

/** What else there may be to match by. */
const DETAILS: readonly Partial<Holding>[] = [
  { fd: 17 },
  { fd: 17, path: '/data/my file.log' },
  { fd: 17, path: '/data/[id] (1)*.log' },
  { fd: 17, local: '127.0.0.1:41000', remote: '[::1]:5432' },
  { command: 'node "my worker.js" --fast # quickly' },
];

describe('the rule that a refusal suggests', () => {
  const holdings = KINDS.flatMap((kind) =>
    DETAILS.map((details): Holding => ({ kind, target: 'something', ...details })),
  );
  const suggestions = holdings.flatMap((holding) => {
    const rule = suggestedRule(holding);
    return rule === undefined ? [] : [{ holding, rule }];
  });

  it.each(suggestions)('$rule can be read and fits', async ({ holding, rule }) => {
    const policy = await compilePolicy(parsePolicy(rule, 'policy'));
    expect(policy(holding)).toMatchObject({ kind: [holding.kind] });
  });

  it('is there for most kinds, and for none that cannot be closed', () => {
    const kinds = new Set(suggestions.map(({ holding }) => holding.kind));
    expect(kinds).toContain('tcp-connected');
    expect(kinds).toContain('worker');
    for (const kind of ['io_uring', 'mapping', 'shared-memory', 'cluster', 'epoll'] as const) {
      expect(kinds).not.toContain(kind);
    }
  });
});
