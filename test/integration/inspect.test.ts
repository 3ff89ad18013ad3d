import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import { inspect, type Report } from '../../src/inspect/report.js';
import { LAUNCHER, SERVICE, startService, temporaryDirectory } from './harness.js';
import { imageOf, type Service } from './state.js';

const SECRET = 'hunter2-is-not-to-be-printed';

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
