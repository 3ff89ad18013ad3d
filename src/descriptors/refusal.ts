import type { ErrorCode } from '../errors/index.js';
import { describeOpener, type Opener } from '../origins/opener.js';
import { describe, type Holding } from './holding.js';

/** One thing that keeps this process from being dumped. */
export interface Refusal {
  readonly holding: Holding;
  readonly code: ErrorCode;
  /** What the application or the user can do. */
  readonly remedy: string;
  /** Module of ours that takes care of what this npm package opens. */
  readonly adapter?: string | undefined;
  /** Line of a policy file that would do. */
  readonly rule?: string | undefined;
  readonly opener?: Opener | undefined;
}

/** The refusal in words: what it is, what to do, who opened it, the adapter and the rule for it. */
export function refusalText({ holding, remedy, adapter, rule, opener }: Refusal): string {
  const lines = [`${describe(holding)}: ${remedy}`];
  if (opener) lines.push(`  ${describeOpener(opener)}`);
  if (adapter) lines.push(`  or by adapter: import '${adapter}';`);
  if (rule) lines.push(`  or by policy: ${rule}`);
  return lines.join('\n');
}
