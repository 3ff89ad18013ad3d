import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, LAUNCHER, launch, startService, temporaryDirectory } from './harness.js';

const HEAP = resolve('test/fixtures/heap.mjs');
const SMALL = { HEAP_OBJECTS: '3000' };
const mounts: string[] = [];

afterEach(() => {
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount]);
});

/** One of so many bytes; it is gone after the test. */
function fileSystemOf(bytes: number): string {
  const mount = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', mount]);
  mounts.push(mount);
  return mount;
}

async function makeImage(images: string): Promise<{ port: number }> {
  const service = await startService([process.execPath, '--expose-gc', HEAP], [], SMALL);
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  return { port: service.port };
}

function manifestIn(images: string) {
  return JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
}

describe('an image on a file system', () => {
  it('needs no more room for the bake than for the dump', async () => {
    const one = join(fileSystemOf(1 << 30), 'image');
    await makeImage(one);
    const mount = fileSystemOf(Math.round(manifestIn(one).bytes * 1.3));

    const images = join(mount, 'image');
    const { port } = await makeImage(images);
    expect(manifestIn(images)).toMatchObject({ engine: 'map', heap: { file: 'heap.img' } });
    const copy = launch(['restore', images]);
    expect((await get(port)).pid).toBe(manifestIn(images).pid);
    await end(copy.child);
  });

  it.each(['map', 'eager'] as const)(
    'that fills up while the dump is written keeps nothing, and the service goes on, with %s',
    async (engine) => {
      const one = join(temporaryDirectory(), 'image');
      await makeImage(one);
      const mount = fileSystemOf(Math.round(manifestIn(one).bytes * 0.5));

      const service = await startService([process.execPath, '--expose-gc', HEAP], [], SMALL);
      const before = await get(service.port);
      const made = askCheckpoint(service.pid, {
        ...{ images: join(mount, 'image'), engine, leaveRunning: false },
      });
      await expect(made).rejects.toThrow(/No space left on device|ENOSPC/);
      expect(readdirSync(mount)).toEqual([]);
      expect(await get(service.port)).toEqual(before);
      await askCheckpoint(service.pid, { images: `${one}-again`, leaveRunning: false });
      await exitOf(service.child);
      expect(manifestIn(`${one}-again`)).toMatchObject({ engine: 'map' });
    },
  );

  it('that is read-only takes none, and the service goes on', async () => {
    const mount = fileSystemOf(1 << 20);
    execFileSync('mount', ['-o', 'remount,ro', mount]);
    const service = await startService([process.execPath, '--expose-gc', HEAP], [], SMALL);
    const made = askCheckpoint(service.pid, { images: join(mount, 'image'), leaveRunning: false });
    await expect(made).rejects.toMatchObject({
      code: expect.stringMatching(/ERR_TUBTHUMP_(IMAGE_PUBLISH|CHECKPOINT)/),
      message: expect.stringMatching(/[Rr]ead-only file system|EROFS/),
    });
    expect((await get(service.port)).pid).toBe(service.pid);
  });

  it('that is slower than the time limit gets none, and the service goes on', async () => {
    const parent = temporaryDirectory();
    const service = await startService([process.execPath, '--expose-gc', HEAP], [], SMALL);
    const before = await get(service.port);
    // Less than CRIU takes on any file system.
    const options = { images: join(parent, 'image'), leaveRunning: false, timeoutMs: 1 };
    await expect(askCheckpoint(service.pid, options)).rejects.toThrow(/in time/);
    expect(readdirSync(parent)).toEqual([]);
    expect(await get(service.port)).toEqual(before);
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
