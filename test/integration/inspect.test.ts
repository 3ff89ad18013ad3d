import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import { inspect, type Report } from '../../src/inspect/report.js';
import { verify } from '../../src/verify/verify.js';
import type { WorkingSet } from '../../src/working-set/working-set.js';
import { LAUNCHER, SERVICE, startService, temporaryDirectory } from './harness.js';
import { imageOf, type Service } from './state.js';

const SECRET = 'hunter2-is-not-to-be-printed';

/** Nothing, a part of a magic number, one or two of them, a part of a length, of a message, a byte less. */
function lengthsBelow(size: number): number[] {
  const lengths = [0, 2, 4, 8, 10, 12, size >> 1, size - 1];
  return [...new Set(lengths)].filter((length) => length >= 0 && length < size);
}

async function start(): Promise<Service> {
  return await startService([process.execPath, SERVICE, 'first', 'second'], [], { TOKEN: SECRET });
}

function run(...args: readonly string[]): string {
  return execFileSync(LAUNCHER, ['inspect', ...args], { encoding: 'utf8' });
}

describe('tubthump inspect', () => {
  it('tells what was running, in text, JSON and HTML, and no value of a variable', async () => {
    const service = await start();
    const maps = readFileSync(`/proc/${service.pid}/maps`, 'utf8');
    const tids = readdirSync(`/proc/${service.pid}/task`).map(Number).sort();
    const images = await imageOf(service, { labels: { release: '7' } });

    const report = JSON.parse(run('--json', images)) as Report;
    const [process, ...others] = report.processes;
    expect(others).toEqual([]);
    expect(process).toMatchObject({
      ...{
        pid: service.pid,
        name: 'node',
        user: 0,
        seccomp: 'filter',
        cwd: globalThis.process.cwd(),
      },
      arguments: [globalThis.process.execPath, SERVICE, 'first', 'second'],
    });
    expect(process?.threads.map(({ tid }) => tid).sort()).toEqual(tids);
    expect(process?.environment).toEqual(expect.arrayContaining(['PATH', 'TOKEN']));
    expect(report.manifest.labels).toMatchObject({ release: '7' });
    expect(report.timings?.frozenMs).toBeGreaterThan(0);

    // The executable is where it was, and the heap is mapped.
    const executable = /^([0-9a-f]+)-[0-9a-f]+ .*\/node$/m.exec(maps)?.[1];
    const address = BigInt(`0x${executable}`).toString(16);
    expect(process?.mappings.find((it) => it.start === address)?.kind).toBe('file');
    expect(process?.memory.map(({ kind }) => kind)).toContain('heap');

    // What is copied at restore is the pages file, byte for byte.
    const copied = process?.mappings.reduce((sum, mapping) => sum + mapping.copied, 0);
    expect(copied).toBe(report.files.find(({ name }) => name === 'pages-1.img')?.size);

    const texts = [run(images), run('--html', images), JSON.stringify(report)];
    for (const text of texts) {
      expect(text).toContain(report.manifest.id);
      expect(text).toContain('TOKEN');
      expect(text).not.toContain(SECRET);
    }
    expect(texts[1]).toMatch(/^<!doctype html>\n[\s\S]*<svg [\s\S]*<\/html>\n$/);
    expect(texts[1]).not.toMatch(/src=|href=|<script/);
  });

  it('tells of hooks and adapters, how long the checkpoint took, and what copies touch', async () => {
    const adapter = resolve('dist/adapters/pg.js');
    const service = await startService([process.execPath, '--import', adapter, SERVICE]);
    const images = await imageOf(service);
    const before = JSON.parse(run('--json', images)) as Report;
    expect(before.manifest).toMatchObject({ adapters: ['pg', 'pg-pool'] });
    expect(before.manifest.hooks).toContain('pools/pg');
    expect(before.workingSet).toBeUndefined();
    for (const part of ['hooksMs', 'quiesceMs', 'bakeMs', 'frozenMs', 'memoryMs'] as const)
      expect(before.timings?.[part], part).toBeGreaterThan(0);

    const url = `http://127.0.0.1:${service.port}/`;
    const recorded = spawnSync(LAUNCHER, ['working-set', images, '--warm', url, '--json']);
    const set = JSON.parse(recorded.stdout.toString()) as WorkingSet;
    // What CRIU copies is in the working set as well, and no mapping of a file.
    const heap = set.files.find(({ name }) => name === 'heap.img');
    const others = set.files.find(({ name }) => name === 'pages-1.img');
    const report = JSON.parse(run('--json', images)) as Report;
    expect(report.workingSet?.files).toEqual(set.files);
    const mappings = report.processes[0]?.mappings ?? [];
    const sum = (name: 'touched' | 'written') =>
      mappings.reduce((total, mapping) => total + mapping[name], 0);
    expect(others?.pages).toBeGreaterThan(0);
    expect(sum('touched')).toBe(((heap?.pages ?? 0) + (others?.pages ?? 0)) * 4096);
    expect(sum('written')).toBe((heap?.written ?? 0) * 4096);
    expect(sum('written')).toBeGreaterThan(0);
    expect(run(images)).toMatch(/^adapters +pg, pg-pool$[\s\S]*^working set .* of heap\.img/m);
    const html = run('--html', images);
    for (const name of ['touched', 'written']) expect(html).toContain(`<rect class="${name}"`);

    // A damaged one is a hint that is lost, no image that is.
    const file = join(images, 'working-set.img');
    chmodSync(file, 0o600);
    truncateSync(file, 100);
    const { workingSet } = JSON.parse(run('--json', images)) as Report;
    expect(workingSet?.unreadable).toContain('checksum');
  });

  it.each(['stream', 'eager'] as const)(
    'counts what copies touch of an image of the engine %s',
    async (engine) => {
      const service = await startService([process.execPath, SERVICE]);
      const images = await imageOf(service, { engine });
      const url = `http://127.0.0.1:${service.port}/`;
      const recorded = spawnSync(LAUNCHER, ['working-set', images, '--warm', url, '--json']);
      const set = JSON.parse(recorded.stdout.toString()) as WorkingSet;
      const pages = set.files.find(({ name }) => name === 'pages-1.img')?.pages ?? 0;
      expect(pages).toBeGreaterThan(100);
      const { processes } = JSON.parse(run('--json', images)) as Report;
      const mappings = processes[0]?.mappings ?? [];
      expect(mappings.reduce((sum, { touched }) => sum + touched, 0)).toBe(pages * 4096);
      for (const { touched, copied } of mappings) expect(touched).toBeLessThanOrEqual(copied);
    },
  );

  it('shows what changed between two images', async () => {
    const one = await imageOf(await start(), { engine: 'eager', labels: { release: '1' } });
    const environment = { TOKEN: SECRET, MORE: 'yes' };
    const service = await startService([process.execPath, SERVICE], [], environment);
    const two = await imageOf(service, { labels: { release: '2' } });
    const found = JSON.parse(run('--diff', '--json', one, two));
    expect(found.changed).toMatchObject({ 'label release': ['1', '2'], engine: ['eager', 'map'] });
    expect(found.environment).toEqual({ added: ['MORE'], removed: [] });
    expect(found.memory.map(({ kind }: { kind: string }) => kind)).toContain('heap');
    expect(run('--diff', one, two)).toContain('environment: + MORE');
    expect(run('--diff', one, one)).toBe('no difference\n');
  });

  it.each([
    [['/nowhere'], 66, 'ERR_TUBTHUMP_IMAGE_MISSING'],
    [[], 64, 'ERR_TUBTHUMP_USAGE'],
    [['--diff', '/tmp'], 64, 'ERR_TUBTHUMP_USAGE'],
    [['--html', '--json', '/tmp'], 64, 'ERR_TUBTHUMP_USAGE'],
  ])('of %j ends with status %i', (args, status, code) => {
    const result = spawnSync(LAUNCHER, ['inspect', ...args], { encoding: 'utf8' });
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(code);
  });
});

describe('a damaged image', () => {
  it('is told by inspect and verify, for each file and each length that it may be cut to', async () => {
    const images = await imageOf(await start());
    for (const name of readdirSync(images)) chmodSync(join(images, name), 0o600);
    const { files } = JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
    const names = [...(files as { name: string }[]).map(({ name }) => name), 'manifest.json'];
    for (const name of names) {
      const file = join(images, name);
      const whole = readFileSync(file);
      // Its last byte is the end of a line, which nobody misses.
      const size = name === 'manifest.json' ? whole.length - 1 : whole.length;
      for (const length of lengthsBelow(size)) {
        truncateSync(file, length);
        const what = `${name} of ${length} bytes`;
        await inspect(images).catch((error: unknown) => {
          expect(error, what).toMatchObject({ code: 'ERR_TUBTHUMP_IMAGE_INVALID' });
        });
        // By its manifest it is not what it was, whatever can be decoded of it.
        const refused = spawnSync(LAUNCHER, ['restore', images], {
          encoding: 'utf8',
          timeout: 20_000,
        });
        expect(refused.status, what).toBe(65);
        expect(refused.stderr, what).toContain('ERR_TUBTHUMP_IMAGE_INVALID');
        writeFileSync(file, whole);
      }
    }
    truncateSync(join(images, 'pstree.img'), 8);
    expect(await verify(images)).toContainEqual(
      expect.objectContaining({ name: 'files', status: 'failure' }),
    );
  });

  it('is reported or refused with our error, whatever is wrong with it', async () => {
    const images = await imageOf(await start());
    const small = readdirSync(images).filter((name) => !/^(pages|heap)/.test(name));
    const damaged = join(temporaryDirectory(), 'damaged');
    cpSync(images, damaged, { recursive: true });
    const damage = fc.record({
      name: fc.constantFrom(...small),
      cut: fc.option(fc.nat()),
      flips: fc.array(fc.nat(), { maxLength: 8 }),
    });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ name, cut, flips }) => {
        const file = join(damaged, name);
        const bytes = readFileSync(join(images, name));
        chmodSync(file, 0o600);
        const changed = Buffer.from(bytes);
        for (const flip of flips) {
          const at = (flip >> 3) % bytes.length;
          changed[at] = (changed[at] ?? 0) ^ (1 << (flip & 7));
        }
        writeFileSync(file, changed);
        if (cut !== null) truncateSync(file, cut % bytes.length);
        try {
          await inspect(damaged);
        } catch (error) {
          if (!TubthumpError.is(error)) throw error;
          expect(error.code).toMatch(/ERR_TUBTHUMP_IMAGE_(INVALID|MISMATCH)/);
          refused++;
        } finally {
          writeFileSync(file, bytes);
        }
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(10);
    expect((await inspect(damaged)).processes).toHaveLength(1);
  });
});
