import { inspect } from 'node:util';
import { KINDS, type Kind } from '../descriptors/holding.js';
import { inability } from './abilities.js';
import { policyFault, unknownWord } from './fault.js';
import { ACTIONS, type Action, CRITERIA, type PlacedRule, type Rule } from './rule.js';

/**
 * A rule that somebody wrote, checked.
 * @param place where it stands, for messages
 * @param text the rule as it was written
 * @throws TubthumpError ERR_TUBTHUMP_POLICY
 */
export function checkRule(given: object, place: string, text: string): PlacedRule {
  const fault = faultOf(given as Readonly<Record<string, unknown>>);
  if (fault) throw policyFault(place, text, fault);
  return { ...(given as Rule), place };
}

/** Rules given as an option. @throws TubthumpError ERR_TUBTHUMP_POLICY */
export function checkRules(given: readonly unknown[]): PlacedRule[] {
  return given.map((rule, index) => {
    const place = `policy[${index}]`;
    const text = inspect(rule, { breakLength: Number.POSITIVE_INFINITY });
    if (typeof rule === 'object' && rule !== null) return checkRule(rule, place, text);
    throw policyFault(place, text, 'a rule is an object with `action` and criteria');
  });
}

function faultOf({ action, ...criteria }: Readonly<Record<string, unknown>>): string | undefined {
  if (!ACTIONS.includes(action as Action)) {
    return action === undefined ? 'no `action`' : unknownWord('action', String(action), ACTIONS);
  }
  const { kind, fd, ...texts } = criteria;
  for (const [name, value] of Object.entries(texts)) {
    if (!(CRITERIA as readonly string[]).includes(name)) {
      return unknownWord('criterion', name, CRITERIA);
    }
    if (typeof value !== 'string' || value === '') {
      return `\`${name}\` takes a non-empty string, not ${inspect(value)}`;
    }
  }
  for (const name of ['local', 'remote']) {
    const address = texts[name] as string | undefined;
    if (address !== undefined && !/:(?:\*|\d+)$/.test(address)) {
      return `\`${name}\` takes ADDRESS:PORT, where each may be *, not \`${address}\``;
    }
  }
  if (fd !== undefined && !(Number.isInteger(fd) && (fd as number) > 2)) {
    return `\`fd\` takes a number above 2 (stdio is taken care of), not ${inspect(fd)}`;
  }
  return kindFault(action as Action, kind, fd !== undefined);
}

function kindFault(action: Action, given: unknown, byNumber: boolean): string | undefined {
  if (given === undefined) return undefined;
  for (const kind of Array.isArray(given) ? given : [given]) {
    if (!KINDS.includes(kind as Kind)) return unknownWord('kind', String(kind), KINDS);
    const unable = inability(action, kind as Kind, byNumber);
    if (unable) return unable;
  }
  return undefined;
}
