import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { checkRules } from './check.js';
import { policyUnreadable } from './fault.js';
import { compilePolicy, type Policy } from './match.js';
import { parsePolicy } from './parse.js';
import type { Rule } from './rule.js';

/**
 * The policy of one checkpoint: rules, or the file that has them; without either, the file that
 * TUBTHUMP_POLICY names; without that, no rules.
 * @throws TubthumpError ERR_TUBTHUMP_POLICY
 */
export async function loadPolicy(
  given: string | readonly Rule[] | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Policy> {
  const source = given ?? (environment.TUBTHUMP_POLICY || []);
  if (typeof source !== 'string') return await compilePolicy(checkRules(source));
  return await compilePolicy(parsePolicy(await read(source), source));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw policyUnreadable(file, cause);
  }
}
