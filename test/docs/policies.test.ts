import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../src/descriptors/holding.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { ACTIONS, CRITERIA } from '../../src/policy/rule.js';

const LAUNCHER = resolve('build/Release/tubthump');
const page = readFileSync('docs/policies.md', 'utf8');
const samples = new Map(
  [...page.matchAll(/^```\w+ title="(.+)"\n([\s\S]*?)^```\n/gm)].map(
    ([, file, text]) => [file as string, text as string] as const,
  ),
);
const directory = mkdtempSync(join(tmpdir(), 'tubthump-policies-'));

beforeAll(() => {
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(resolve('.'), join(directory, 'node_modules/tubthump'));
  for (const file of ['service.mjs', 'app.policy'])
    writeFileSync(join(directory, file), sample(file));
});
afterAll(() => rmSync(directory, { recursive: true }));

function sample(file: string): string {
  const text = samples.get(file);
  if (text === undefined) throw new Error(`docs/policies.md has no ${file}`);
  return text;
}

function run(...options: string[]): string {
  const args = ['run', ...options, '--', process.execPath, 'service.mjs'];
  return execFileSync(LAUNCHER, args, { cwd: directory, encoding: 'utf8' });
}

/** Ports and numbers of descriptors are not the same twice; source lines are. */
function withoutNumbers(text: string): string {
  return text.replace(/(fd |127\.0\.0\.1:)\d+/g, '$1N').trim();
}

/** First cells of the table in a section. */
function firstCells(title: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
  return [...section.matchAll(/^\| `([\w-]+)` *\|/gm)].map(([, cell]) => cell as string);
}

describe('docs/policies.md', () => {
  it('has a service that is refused as it says', () => {
    expect(withoutNumbers(run())).toBe(withoutNumbers(sample('refused.txt')));
  });

  it('has a policy that helps', () => {
    expect(run('--policy', 'app.policy')).toBe(sample('closed.txt'));
  });

  it('shows what a mistake looks like', () => {
    const mistake = '# rules\nclose kind=tcp-conected\n';
    expect(() => parsePolicy(mistake, 'app.policy')).toThrow(sample('mistake.txt').trim());
  });

  it('has all actions, criteria and kinds, and no others', () => {
    expect(firstCells('Actions')).toEqual(ACTIONS);
    expect(firstCells('Criteria')).toEqual(CRITERIA);
    expect(firstCells('Kinds')).toEqual(KINDS);
  });
});
