import { adapterFor } from '../adapters/known.js';
import type { Holding } from '../descriptors/holding.js';
import { listHoldings } from '../descriptors/holdings.js';
import { judge } from '../descriptors/judge.js';
import { peersAmong } from '../descriptors/peers.js';
import type { Refusal } from '../descriptors/refusal.js';
import type { Surroundings, Verdict } from '../descriptors/verdict.js';
import { channel } from '../native/channel.js';
import { findOpener } from '../origins/watch.js';
import { inability, suggestedRule } from '../policy/abilities.js';
import type { Policy } from '../policy/match.js';
import type { PlacedRule } from '../policy/rule.js';
import { parkedSockets } from './servers/parking.js';

/** CRIU dumps whole process trees; that these are refused by default is our choice. */
const KEEPABLE: ReadonlySet<string> = new Set(['child', 'worker']);

/** What this process holds, without what is ours. */
export function applicationHoldings(): Holding[] {
  return listHoldings().filter(({ fd }) => fd === undefined || !ours().has(fd));
}

/** Everything that keeps this process from being dumped, after a policy has done its part. */
export function findRefusals(policy: Policy, released: ReadonlySet<number>): Refusal[] {
  const holdings = listHoldings();
  const kept = holdings.flatMap((holding) =>
    holding.pid !== undefined && policy(holding)?.action === 'keep' ? holding.pid : [],
  );
  const surroundings = { ours: ours(), peerIsOurs: peersAmong(holdings, kept) };
  return holdings.flatMap((holding) => {
    if (holding.fd !== undefined && released.has(holding.fd) && holding.kind === 'null') return [];
    return refusalOf(holding, policy(holding), surroundings) ?? [];
  });
}

function refusalOf(
  holding: Holding,
  rule: PlacedRule | undefined,
  surroundings: Surroundings,
): Refusal | undefined {
  const verdict = judge(holding, surroundings);
  if (verdict.verdict === 'ours' || rule?.action === 'ignore') return undefined;
  const remedy = rule ? ruleFault(holding, rule, verdict) : faultOf(verdict);
  if (remedy === undefined) return undefined;
  const code = 'code' in verdict ? verdict.code : 'ERR_TUBTHUMP_DESCRIPTORS';
  const solvedBy = rule || verdict.verdict !== 'closable' ? undefined : suggestedRule(holding);
  const opener = findOpener(holding);
  const adapter = opener?.package === undefined ? undefined : adapterFor(opener.package);
  return { holding, code, remedy, adapter, rule: solvedBy, opener };
}

function faultOf(verdict: Verdict): string | undefined {
  return 'remedy' in verdict ? verdict.remedy : undefined;
}

/** What is wrong although, or because, there is a rule for it. */
function ruleFault(holding: Holding, rule: PlacedRule, verdict: Verdict): string | undefined {
  const { action, place, fd } = rule;
  switch (action) {
    case 'refuse':
      return `refused by ${place}${'remedy' in verdict ? `: ${verdict.remedy}` : ''}`;
    case 'keep':
      if (KEEPABLE.has(holding.kind) || !('remedy' in verdict)) return undefined;
      return `${place} keeps it, but no image can have it: ${verdict.remedy}`;
    default: {
      const unable = inability(action, holding.kind, fd !== undefined);
      if (unable) return `${place} says ${action}, but ${unable}`;
      return `${place} says ${action}, but it is open still or again`;
    }
  }
}

/** The channel, stdio, and sockets that the dump agent will keep. */
function ours(): ReadonlySet<number> {
  return new Set([0, 1, 2, channel(), ...parkedSockets()]);
}
