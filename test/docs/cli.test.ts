import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { EXIT } from '../../src/cli/exit-codes.js';

const LAUNCHER = resolve('build/Release/tubthump');
const page = readFileSync('docs/cli.md', 'utf8');

/** Sections by title. */
const sections = new Map(
  page.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')), text] as const),
);

function helpOf(command: string): string {
  return execFileSync(LAUNCHER, [command, '--help'], { encoding: 'utf8' });
}

/** Options with what they take, as in the tables of help texts: `--images DIR`. */
function optionsIn(help: string): string[] {
  const lines = [...help.matchAll(/^ {2}(--[a-z-]+(?: [A-Z=]+| stable)?)(?: {2}|$)/gm)];
  return lines.map(([, option]) => option as string);
}

function documented(text: string): string[] {
  return [...text.matchAll(/^\| `(--[^`]+)` *\|/gm)].map(([, option]) => option as string);
}

describe('docs/cli.md', () => {
  it.each(COMMANDS)('has every option of $name, and no others', ({ name }) => {
    const options = optionsIn(helpOf(name)).filter((option) => option !== '--help');
    expect(options.length).toBeGreaterThan(0);
    expect(documented(sections.get(name) ?? '').sort()).toEqual(options.sort());
  });

  it.each(COMMANDS)('has the usage of $name', ({ name }) => {
    const help = helpOf(name);
    const usage = help.slice(0, help.indexOf('\n\n')).replace('Usage: ', '');
    for (const line of usage.split('\n')) expect(sections.get(name)).toContain(line.trim());
  });

  it('has every command in its list, with a link', () => {
    for (const { name } of COMMANDS) expect(page).toContain(`[\`${name}\`](#${name})`);
  });

  it('has every exit status, and no others', () => {
    const statuses = [...(sections.get('Exit status') ?? '').matchAll(/^\| (\d+) +\|/gm)].map(
      ([, n]) => Number(n),
    );
    expect(statuses).toEqual(Object.values(EXIT));
  });

  it('has every environment variable that is ours to set', () => {
    for (const name of [
      'TUBTHUMP_CRIU',
      'TUBTHUMP_IMAGES',
      'TUBTHUMP_POLICY',
      'TUBTHUMP_EXPLAIN',
      'XDG_CACHE_HOME',
      'NO_COLOR',
    ]) {
      expect(sections.get('Environment')).toContain(`| \`${name}\` `);
    }
  });
});
