import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { decodeImage, encodeImage } from '../../src/images/image-file.js';
import { type ImageKind, kindOf } from '../../src/images/kinds.js';
import { LAUNCHER, startService, temporaryDirectory } from './harness.js';
import { imageOf } from './state.js';

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy?: string;
}

function verify(images: string, ...args: readonly string[]) {
  const result = spawnSync(LAUNCHER, ['verify', '--json', ...args, images], { encoding: 'utf8' });
  const answer = result.stdout ? JSON.parse(result.stdout) : { findings: [] };
  const findings = answer.findings as Finding[];
  return {
    ...{ status: result.status, stderr: result.stderr, fits: answer.fits as boolean, findings },
    failures: findings.filter(({ status }) => status === 'failure'),
  };
}

/** A service with a file open, run by a Node of its own that can be changed. */
async function image() {
  const directory = temporaryDirectory();
  const node = join(directory, 'node');
  cpSync(process.execPath, node);
  chmodSync(node, 0o755);
  const service = await startService([node, resolve('test/fixtures/holdings.mjs')], [], {
    ...{ HOLD: 'file', DIRECTORY: directory },
  });
  return { images: await imageOf(service), node, held: join(directory, 'held') };
}

function editManifest(images: string, change: (manifest: Record<string, unknown>) => void): void {
  const path = join(images, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  chmodSync(path, 0o600);
  writeFileSync(path, JSON.stringify(manifest));
}

it('finds nothing wrong with an image that fits, and each thing that is wrong', async () => {
  const { images, node, held } = await image();
  const good = verify(images);
  expect(good.failures).toEqual([]);
  expect(good).toMatchObject({ status: 0, fits: true });
  expect(good.findings.map(({ name }) => name)).toEqual([
    ...['ownership', 'files', 'signature', 'contents', 'processor', 'kernel', 'criu'],
    ...['programs', 'surroundings', 'capabilities', 'process ids'],
  ]);
  expect(good.findings.find(({ name }) => name === 'programs')?.detail).toMatch(
    /^\d+ have the build/,
  );

  const wrong = (name: string, detail: string) => {
    const found = verify(images);
    expect(found).toMatchObject({ status: 65, fits: false });
    const failure = found.failures.find((it) => it.name === name);
    expect(failure?.detail).toContain(detail);
    expect(failure?.remedy).toMatch(/\w/);
  };
  chmodSync(held, 0o600);
  wrong('surroundings', `${held} has mode 600, not 644`);
  chmodSync(held, 0o644);
  appendFileSync(held, 'more');
  wrong('surroundings', `${held} has 13 bytes, not 9`);
  rmSync(held);
  wrong('surroundings', `${held} is missing`);

  const older = resolve('test/node-versions/node_modules/node-22/bin/node');
  cpSync(older, node);
  wrong('programs', `${node} is another build`);
  rmSync(node);
  wrong('programs', `${node} is missing`);

  editManifest(images, (manifest) => {
    manifest.versions = { criu: '99.1' };
  });
  wrong('criu', 'and the image was made by 99.1');

  editManifest(images, (manifest) => {
    manifest.cpuFeatures = ['sse3', 'quantum'];
  });
  wrong('processor', 'this one lacks quantum');

  const mm = join(images, 'files.img');
  chmodSync(mm, 0o600);
  truncateSync(mm, 100);
  wrong('files', 'files.img has 100 bytes');
  wrong('contents', 'files.img is cut short');
});

it('asks CRIU about the processor, too: by registers and instructions', async () => {
  const { images } = await image();
  const path = join(images, 'cpuinfo.img');
  const kind = kindOf('cpuinfo.img') as ImageKind;
  interface Cpuinfo {
    readonly x86_entry: readonly { readonly capability: readonly number[] }[];
  }
  const [entry] = decodeImage<Cpuinfo>('cpuinfo.img', kind, readFileSync(path));
  const cpus = entry?.message.x86_entry ?? [];
  expect(cpus[0]?.capability.length).toBeGreaterThan(3);
  const greedy = cpus.map((cpu) => ({ ...cpu, capability: cpu.capability.map(() => 0xffffffff) }));
  chmodSync(path, 0o600);
  writeFileSync(path, encodeImage(kind, [{ message: { x86_entry: greedy } }]));
  const failure = verify(images).failures.find(({ name }) => name === 'processor');
  expect(failure?.detail).toContain('cpuinfo check');
  expect(failure?.remedy).toContain('oldest processor');
});

it('has a table for people, with what to do', async () => {
  const { images, held } = await image();
  rmSync(held);
  const { stdout, status } = spawnSync(LAUNCHER, ['verify', images], { encoding: 'utf8' });
  expect(status).toBe(65);
  expect(stdout).toMatch(
    /^failure {2}surroundings {2}.*held is missing\n +-> Put .*held where it was/m,
  );
});

it.each([
  [[], 64, 'verify takes one image directory'],
  [['/nowhere'], 66, 'ERR_TUBTHUMP_IMAGE_MISSING'],
])('of %j ends with status %i', (args, status, message) => {
  const result = spawnSync(LAUNCHER, ['verify', ...args], { encoding: 'utf8' });
  expect(result.status).toBe(status);
  expect(result.stderr).toContain(message);
});
