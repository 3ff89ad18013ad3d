import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, LAUNCHER, launch, startService, temporaryDirectory } from './harness.js';

const HEAP = resolve('test/fixtures/heap.mjs');
const mounts: string[] = [];

afterEach(() => {
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount]);
});

async function makeImage(images: string): Promise<{ port: number }> {
  const service = await startService([process.execPath, '--expose-gc', HEAP], [], {
    HEAP_OBJECTS: '3000',
  });
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  return { port: service.port };
}

function manifestIn(images: string) {
  return JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
}

describe('an image on a file system', () => {
  it('with room for the dump but not for the bake is a plain one, which says why', async () => {
    const one = join(temporaryDirectory(), 'image');
    await makeImage(one);
    const mount = temporaryDirectory();
    // The bake needs the pages twice for a moment.
    const size = Math.round(manifestIn(one).bytes * 1.3);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', mount]);
    mounts.push(mount);

    const images = join(mount, 'image');
    const { port } = await makeImage(images);
    expect(manifestIn(images)).toMatchObject({ engine: 'eager' });
    expect(manifestIn(images).notBaked).toContain('ENOSPC');
    expect(readdirSync(images).filter((name) => /new$|heap/.test(name))).toEqual([]);
    const copy = launch(['restore', images]);
    expect((await get(port)).pid).toBe(manifestIn(images).pid);
    await end(copy.child);
  });

  it('that is read-only restores, and keeps no working set', async () => {
    const directory = temporaryDirectory();
    const images = join(directory, 'image');
    const { port } = await makeImage(images);
    const readOnly = join(directory, 'read-only');
    mkdirSync(readOnly);
    execFileSync('mount', ['--bind', images, readOnly]);
    mounts.push(readOnly);
    execFileSync('mount', ['-o', 'remount,bind,ro', readOnly]);

    const before = readdirSync(images);
    const copy = launch(['restore', readOnly]);
    expect((await get(port)).pid).toBe(manifestIn(images).pid);
    await end(copy.child);
    const { status, stderr } = spawnSync(
      LAUNCHER,
      ['working-set', readOnly, '--warm', `http://127.0.0.1:${port}/`],
      { encoding: 'utf8' },
    );
    expect(status).toBe(73);
    expect(stderr).toContain('ERR_TUBTHUMP_IMAGE_PUBLISH');
    expect(readdirSync(images)).toEqual(before);
  });
});
