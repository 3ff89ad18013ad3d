import type { ErrorCode } from '../errors/index.js';
import { describeOpener, type Opener } from '../origins/opener.js';
import { describe, type Holding } from './holding.js';

/** One thing that keeps this process from being dumped. */
export interface Refusal {
  readonly holding: Holding;
  readonly code: ErrorCode;
  /** What the application or the user can do. */
  readonly remedy: string;
  /** Line of a policy file that would do. */
  readonly rule?: string | undefined;
  readonly opener?: Opener | undefined;
}

/** The refusal in words: what it is and what to do, who opened it, the rule that would solve it. */
export function refusalText({ holding, remedy, rule, opener }: Refusal): string {
  const lines = [`${describe(holding)}: ${remedy}`];
  if (opener) lines.push(`  ${describeOpener(opener)}`);
  if (rule) lines.push(`  or by policy: ${rule}`);
  return lines.join('\n');
}
