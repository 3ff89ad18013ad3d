import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CatalogEntry } from '../../src/catalog/list.js';
import {
  end,
  get,
  LAUNCHER,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
} from './harness.js';
import { imageOf } from './state.js';

function images(...args: readonly string[]) {
  return spawnSync(LAUNCHER, ['images', ...args], { encoding: 'utf8' });
}

it('lists images with labels, ages and sizes, and prunes what nobody uses', async () => {
  const directory = temporaryDirectory();
  const make = async (name: string) => {
    const service = await startService([process.execPath, SERVICE]);
    renameSync(await imageOf(service, { labels: { name } }), join(directory, name));
    return service;
  };
  const used = await make('used');
  await make('unused');
  mkdirSync(join(directory, 'no-image'));
  writeFileSync(join(directory, 'no-image', 'precious'), '');

  const copy = launch(['restore', join(directory, 'used')]);
  await get(used.port);
  const { images: listed } = JSON.parse(images('list', '--json', directory).stdout);
  const summary = (listed as CatalogEntry[]).map(({ labels, users }) => [labels.name, users]);
  expect(summary).toEqual([
    ['used', [used.pid]],
    ['unused', []],
  ]);
  for (const { bytes } of listed as CatalogEntry[]) expect(bytes).toBeGreaterThan(1e6);
  expect(images('list', directory).stdout).toMatch(/used .*days .* MB .*in use by \d+ .*name=used/);
  expect(images('list', '--label', 'name=unused', directory).stdout).not.toContain('in use by');

  expect(images('prune', '--keep', '0', '--dry-run', directory).stdout).toMatch(
    /^would remove .*\/unused/,
  );
  expect(existsSync(join(directory, 'unused'))).toBe(true);
  expect(images('prune', '--keep', '0', directory)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(directory).sort()).toEqual(['no-image', 'used']);

  await end(copy.child);
  expect(images('prune', '--older-than', '1', directory).stdout).toBe('');
  expect(images('prune', '--keep', '0', directory).stdout).toMatch(/^removed .*\/used/);
  expect(readdirSync(directory)).toEqual(['no-image']);
  expect(existsSync(join(directory, 'no-image', 'precious'))).toBe(true);
});

it.each([
  [['prune', '/tmp']],
  [['prune', '--keep', 'many', '/tmp']],
  [['remove', '/tmp']],
  [['list']],
  [['list', '--label', 'x', '/tmp']],
])('of %j is wrong usage', (args) => {
  expect(images(...args)).toMatchObject({ status: 64, stdout: '' });
});
