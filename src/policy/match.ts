import type { Holding } from '../descriptors/holding.js';
import type { PlacedRule } from './rule.js';

/** The first rule that fits, or undefined. */
export type Policy = (holding: Holding) => PlacedRule | undefined;

type Glob = (pattern: string) => (path: string) => boolean;

/** Loads the library for globs only when there are paths to match. */
export async function compilePolicy(rules: readonly PlacedRule[]): Promise<Policy> {
  const globs = rules.some(({ path }) => path !== undefined) ? await loadGlobs() : undefined;
  const matchers = rules.map((rule) => ({ rule, fits: compileRule(rule, globs) }));
  return (holding) => matchers.find(({ fits }) => fits(holding))?.rule;
}

async function loadGlobs(): Promise<Glob> {
  const { default: picomatch } = await import('picomatch');
  return (pattern) => picomatch(pattern, { dot: true });
}

function compileRule(rule: PlacedRule, glob: Glob | undefined): (holding: Holding) => boolean {
  const tests: ((holding: Holding) => boolean)[] = [];
  if (rule.kind !== undefined) {
    const kinds = [rule.kind].flat();
    tests.push(({ kind }) => kinds.includes(kind));
  }
  if (rule.fd !== undefined) tests.push(({ fd }) => fd === rule.fd);
  for (const name of ['command', 'local', 'remote'] as const) {
    const pattern = rule[name];
    if (pattern === undefined) continue;
    const test = wildcard(pattern);
    tests.push((holding) => test(holding[name]));
  }
  if (rule.path !== undefined && glob) {
    const test = glob(rule.path);
    tests.push(({ path }) => path !== undefined && test(path));
  }
  return (holding) => tests.every((test) => test(holding));
}

/** `*` stands for anything. */
function wildcard(pattern: string): (text: string | undefined) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (text) => text !== undefined && expression.test(text);
}
