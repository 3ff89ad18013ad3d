import process from 'node:process';
import type { RuntimeStep } from '../core/runtime-step.js';
import { describe, type Holding } from '../descriptors/holding.js';
import { nameResource, TubthumpAggregateError } from '../errors/index.js';
import { watchOrigins } from '../origins/watch.js';
import { inability } from '../policy/abilities.js';
import { loadPolicy } from '../policy/load.js';
import type { Policy } from '../policy/match.js';
import type { PlacedRule } from '../policy/rule.js';
import { closeHolding, releaseHolding, type TakeBack } from '../release/release.js';
import { applicationHoldings } from './inspection.js';

interface Current {
  readonly policy: Policy;
  /** Numbers of descriptors that a rule has closed. */
  readonly released: Set<number>;
  readonly takeBacks: { readonly holding: Holding; readonly takeBack: TakeBack }[];
}

// Without the launcher's preload: from the first checkpoint on.
watchOrigins({ files: Boolean(process.env.TUBTHUMP_EXPLAIN) });

let current = begin(() => undefined);

/** The policy of the checkpoint that is under way, and what it has closed so far. */
export function currentPolicy(): Pick<Current, 'policy' | 'released'> {
  return current;
}

/** Closes what the policy says, and opens it again when the process goes on. */
export const policy: RuntimeStep = {
  name: 'policy',
  async quiesce(view) {
    current = begin(() => undefined);
    current = begin(await loadPolicy(view.policy));
    const errors: unknown[] = [];
    for (const holding of applicationHoldings()) {
      const rule = current.policy(holding);
      if (rule) await apply(rule, holding).catch((error) => errors.push(named(error, holding)));
    }
    if (errors.length > 0)
      throw new TubthumpAggregateError('ERR_TUBTHUMP_CHECKPOINT', 'policy', errors);
  },
  async wake() {
    const errors: unknown[] = [];
    for (const { holding, takeBack } of current.takeBacks.reverse()) {
      try {
        await takeBack();
      } catch (error) {
        errors.push(named(error, holding));
      }
    }
    current = begin(() => undefined);
    if (errors.length > 0)
      throw new TubthumpAggregateError('ERR_TUBTHUMP_RESTORE_HOOKS', 'policy', errors);
  },
};

function begin(policy: Policy): Current {
  return { policy, released: new Set(), takeBacks: [] };
}

/** What a rule cannot do is left to the check that follows, which names it with everything else. */
async function apply({ action, fd }: PlacedRule, holding: Holding): Promise<void> {
  if (action !== 'close' && action !== 'reopen') return;
  if (inability(action, holding.kind, fd !== undefined)) return;
  if (action === 'close') await closeHolding(holding);
  else {
    const takeBack = await releaseHolding(holding);
    if (!takeBack) return;
    current.takeBacks.push({ holding, takeBack });
  }
  if (holding.fd !== undefined) current.released.add(holding.fd);
}

function named(error: unknown, holding: Holding): unknown {
  return nameResource(error, `runtime/policy ${describe(holding)}`);
}
