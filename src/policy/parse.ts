import { checkRule } from './check.js';
import { policyFault } from './fault.js';
import type { PlacedRule } from './rule.js';

/** `NAME=VALUE` or `NAME="VALUE"`, a comment, or a word. */
const TOKEN = /\s*(?:(#.*)|(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"#]+))|(\S+))/gy;

/**
 * A policy file: one rule a line, `ACTION NAME=VALUE …`, comments from `#` on.
 * @throws TubthumpError ERR_TUBTHUMP_POLICY naming file, line and rule
 */
export function parsePolicy(text: string, file: string): PlacedRule[] {
  return text.split('\n').flatMap((line, index) => {
    const rule = line.trim();
    if (rule === '' || rule.startsWith('#')) return [];
    return [parseRule(rule, `${file}:${index + 1}`)];
  });
}

function parseRule(rule: string, place: string): PlacedRule {
  const fields: Record<string, unknown> = {};
  for (const [, comment, name, quoted, plain, word] of rule.matchAll(TOKEN)) {
    if (comment !== undefined) break;
    if (word !== undefined && 'action' in fields) {
      throw policyFault(place, rule, `expected NAME=VALUE, not \`${word}\``);
    }
    if (word !== undefined) {
      fields.action = word;
      continue;
    }
    const key = name as string;
    if (!('action' in fields)) throw policyFault(place, rule, 'a rule begins with its action');
    if (key in fields) throw policyFault(place, rule, `\`${key}\` is there twice`);
    fields[key] = readValue(key, quoted?.replace(/\\(.)/g, '$1') ?? (plain as string));
  }
  return checkRule(fields, place, rule);
}

function readValue(name: string, text: string): unknown {
  if (name === 'kind') return text.split(',');
  if (name === 'fd') return /^\d+$/.test(text) ? Number(text) : text;
  return text;
}
