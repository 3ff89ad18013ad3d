import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, startDatabase } from '../adapters/database.js';

/** A `js title="FILE"` block, and the `text` block behind it: what it prints. */
interface Sample {
  readonly file: string;
  readonly source: string;
  readonly output: string | undefined;
}

const SAMPLE = /^```js title="(.+)"\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm;

function samplesIn(page: string): Sample[] {
  return [...readFileSync(page, 'utf8').matchAll(SAMPLE)].map(([, file, source, output]) => ({
    file: file as string,
    source: source as string,
    output,
  }));
}

const PAGES = [
  'README.md',
  'docs/adapters.md',
  'docs/criu-client.md',
  'docs/hooks.md',
  'docs/errors.md',
  'docs/when.md',
  'docs/randomness.md',
  'docs/time.md',
  'docs/environment.md',
  'docs/servers.md',
  'docs/limits.md',
  'docs/clones.md',
];

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database?.end());

it('are those of all pages', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs').flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
  ];
  // docs/policies.md has a test of its own: its samples need the launcher.
  const having = pages.filter((page) => /^```js/m.test(readFileSync(page, 'utf8')));
  expect([...PAGES, 'docs/policies.md'].sort()).toEqual(having.sort());
});

describe.each(PAGES)('the samples of %s', (page) => {
  const samples = samplesIn(page);
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-samples-'));

  // As a user has them: files beside a node_modules with the package.
  beforeAll(() => {
    symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
    for (const { file, source } of samples) writeFileSync(join(directory, file), source);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('are all found: none is without a file name', () => {
    const blocks = readFileSync(page, 'utf8').match(/^```js/gm) ?? [];
    expect(samples).toHaveLength(blocks.length);
    expect(samples.length).toBeGreaterThan(0);
  });

  it.each(samples)('$file runs and prints what stands below it', ({ file, output }) => {
    const args = file.endsWith('.test.mjs') ? ['--test', file] : [file];
    const env = { ...process.env, ...database.environment };
    const printed = execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8', env });
    if (file.endsWith('.test.mjs')) expect(printed).toMatch(/^. pass 1$/m);
    else expect(printed).toBe(output ?? '');
  });
});
