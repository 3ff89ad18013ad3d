import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const DIST = resolve('dist');

/** All files that an entry loads statically, relative to dist; packages and node: as written. */
function importsOf(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const source = readFileSync(join(DIST, file), 'utf8');
    for (const match of source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      const target = match[1] as string;
      if (!target.startsWith('.')) packages.add(target);
      else visit(relative(DIST, resolve(DIST, dirname(file), target)));
    }
  };
  visit(entry);
  return { files, packages };
}

describe('the entry tubthump/api', () => {
  it('imports no package, not even of Node, and no part of ours but context and errors', () => {
    const { files, packages } = importsOf('api.js');
    expect([...packages]).toEqual([]);
    const parts = new Set([...files].map((file) => dirname(file)));
    expect([...parts].sort()).toEqual(['.', 'context', 'errors']);
    // The walk sees what there is to see: the main entry has more of everything.
    expect([...importsOf('index.js').packages]).toContain('node:path');
  });

  it('is small: less than 30 000 bytes, comments and hints included', () => {
    const sizes = [...importsOf('api.js').files].map(
      (file) => readFileSync(join(DIST, file)).length,
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30_000);
  });

  it('is exported by the package, with its types', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(exports['./api']).toEqual({ types: './dist/api.d.ts', default: './dist/api.js' });
  });
});

describe('what is registered through tubthump/api', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-copies-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** An installed package: its own files, and its dependencies where Node finds them. */
  function install(name: string): string {
    const root = join(directory, name, 'node_modules', 'tubthump');
    mkdirSync(root, { recursive: true });
    cpSync(DIST, join(root, 'dist'), { recursive: true });
    cpSync('package.json', join(root, 'package.json'));
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    return join(directory, name);
  }

  function run(place: string, script: string): unknown {
    const args = ['--input-type=module', '--eval', script];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', cwd: place }));
  }

  it('is notified by the Core of tubthump, whichever is loaded first', () => {
    const place = install('one');
    for (const order of [
      ['tubthump/api', 'tubthump'],
      ['tubthump', 'tubthump/api'],
    ]) {
      const seen = run(
        place,
        `
        const entries = {};
        for (const name of ${JSON.stringify(order)}) entries[name] = await import(name);
        const seen = [];
        entries['tubthump/api'].getGlobalContext().register({
          beforeCheckpoint: (context, info) => seen.push(info.reason),
          afterRestore: (context, info) => seen.push(info.reason),
        });
        await entries['tubthump'].Core.checkpointRestore({ engine: 'simulate' });
        console.log(JSON.stringify(seen));`,
      );
      expect(seen).toEqual(['checkpoint', 'resumed']);
    }
  });

  it('is notified across two copies of the package, under the same rules', () => {
    const [application, library] = [install('application'), install('library')];
    const copy = join(library, 'node_modules/tubthump/dist');
    const result = run(
      application,
      `
      import { Core, OrderedContext, TubthumpError } from 'tubthump';
      import * as api from ${JSON.stringify(`${copy}/api.js`)};
      import { Core as otherCore } from ${JSON.stringify(`${copy}/index.js`)};
      const hooks = [];
      const { subscribe } = await import('node:diagnostics_channel');
      subscribe('tubthump:hook', ({ hook, resource }) => hooks.push(resource + ' ' + hook));
      const theirs = new api.OrderedContext({ name: 'theirs' });
      theirs.register({ beforeCheckpoint: () => new Promise(() => {}) }, { name: 'hanging' });
      theirs.register({ beforeCheckpoint() { throw new Error('no'); } }, { name: 'throwing' });
      const ours = new OrderedContext({ name: 'ours' });
      ours.register(theirs);
      api.getGlobalContext().register(ours);
      const error = await Core.checkpointRestore({ engine: 'simulate', hookTimeoutMs: 50 })
        .catch((error) => error);
      console.log(JSON.stringify({
        distinct: api.OrderedContext !== OrderedContext,
        sameCore: Core === otherCore,
        resources: Core.status().resources,
        code: error.code,
        errors: error.errors.map(({ resource, code }) => [resource, code ?? null]),
        ours: error.errors.map((cause) => TubthumpError.is(cause)),
        hooks: hooks.filter((line) => /hanging|throwing/.test(line)),
      }));`,
    );
    expect(result).toEqual({
      distinct: true,
      sameCore: true,
      resources: ['application/ours/theirs/hanging', 'application/ours/theirs/throwing'],
      code: 'ERR_TUBTHUMP_CHECKPOINT',
      errors: [
        ['throwing', null],
        ['hanging', 'ERR_TUBTHUMP_HOOK_TIMEOUT'],
      ],
      ours: [false, true],
      hooks: ['throwing beforeCheckpoint', 'hanging beforeCheckpoint'],
    });
  });

  it('needs neither addon nor dependencies: an installation without them is enough', () => {
    const place = install('bare');
    rmSync(join(place, 'node_modules/tubthump/node_modules'));
    const name = run(
      place,
      `
      import { getGlobalContext } from 'tubthump/api';
      const { name } = getGlobalContext().register({ afterRestore() {} }, { name: 'pool' });
      console.log(JSON.stringify(name));`,
    );
    expect(name).toBe('pool');
  });
});
