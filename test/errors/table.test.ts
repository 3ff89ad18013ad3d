import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitStatusOf } from '../../src/cli/exit-codes.js';
import { type ErrorCode, HINTS } from '../../src/errors/index.js';

const CODES = Object.keys(HINTS) as ErrorCode[];

/** Sources under a directory, by path. */
function sources(directory: string, ending: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (ending.test(entry)) found.set(entry, readFileSync(join(directory, entry), 'utf8'));
  }
  return found;
}

interface NativeRow {
  readonly name: string;
  readonly code: string;
  readonly hint: string;
}

const nativeRows: NativeRow[] = [
  ...readFileSync('native/core/error/codes.def', 'utf8').matchAll(
    /^X\((\w+), "(\w+)", \d+, "(.*)"\)$/gm,
  ),
].map(([, name = '', code = '', hint = '']) => ({ name, code, hint }));

describe('docs/errors.md', () => {
  const rows = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(ERR_\w+)` *\|(.*)\|$/gm)];
  const described = new Map(
    rows.map(([, code, rest = '']) => [code, rest.split('|').map((cell) => cell.trim())]),
  );

  it('has one row for every code, and no others', () => {
    expect(rows.map(([, code]) => code).sort()).toEqual([...CODES].sort());
  });

  it.each(CODES)('gives the meaning, the hint and the exit status of %s', (code) => {
    const [meaning, hint, status] = described.get(code) ?? [];
    expect(meaning).toMatch(/^\S.+\.$/);
    expect(hint).toBe(HINTS[code]);
    expect(Number(status)).toBe(exitStatusOf(code));
  });
});

describe('native/core/error/codes.def', () => {
  it('has the hints of src/errors/codes.ts', () => {
    expect(nativeRows.length).toBeGreaterThan(15);
    const theirs = Object.fromEntries(nativeRows.map(({ code, hint }) => [code, hint]));
    expect(HINTS).toMatchObject(theirs);
  });

  it('is read completely by this test', () => {
    const lines = readFileSync('native/core/error/codes.def', 'utf8').match(/^X\(/gm) ?? [];
    expect(nativeRows).toHaveLength(lines.length);
  });
});

describe('every code is used', () => {
  const typescript = sources('src', /(?<!codes)\.ts$/);
  const native = sources('native', /^(?!test\/).*\.cpp$/);

  it.each(CODES)('%s', (code) => {
    const quoted = new RegExp(`'${code}'`);
    const name = nativeRows.find((row) => row.code === code)?.name;
    const raised = name ? new RegExp(`ErrorCode::${name}\\b`) : undefined;
    const users = [
      ...[...typescript].filter(([, text]) => quoted.test(text)),
      ...[...native].filter(([, text]) => raised?.test(text)),
    ].map(([path]) => path);
    expect(users).not.toEqual([]);
  });
});
