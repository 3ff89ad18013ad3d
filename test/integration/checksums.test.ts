import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
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

/** An image, and a copy of it with another byte in its heap that has the same times. */
async function images() {
  const service = await startService([process.execPath, SERVICE]);
  const good = await imageOf(service);
  const edited = join(temporaryDirectory(), 'edited');
  execFileSync('cp', ['-a', good, edited]);
  const heap = `${edited}/heap.img`;
  const byte = ['if=/dev/urandom', `of=${heap}`, 'bs=8', 'count=1', 'seek=512', 'conv=notrunc'];
  execFileSync('dd', byte, { stdio: 'ignore' });
  execFileSync('touch', ['-r', `${good}/heap.img`, heap]);
  return { good, edited, port: service.port };
}

/** A CRIU that does nothing but tell that it was started. */
function markingCriu() {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o777);
  const [criu, started] = [join(directory, 'criu'), join(directory, 'started')];
  writeFileSync(criu, `#!/bin/sh\n: > ${started}\nexit 1\n`, { mode: 0o755 });
  return { criu, started };
}

const CHANGED = 'image file heap.img is not as it was made';

describe('an image that was edited, with its time set back', () => {
  it('is refused with --verify, before CRIU is started, by restore, run and clone', async () => {
    const { good, edited } = await images();
    const { criu, started } = markingCriu();
    for (const command of ['restore', 'clone', 'run']) {
      const start = (image: string, ...options: string[]) => {
        const given = command === 'run' ? ['--images', image, '--no-fallback'] : [image];
        const rest = command === 'run' ? ['--', 'false'] : [];
        const args = [command, '--criu', criu, ...options, ...given, ...rest];
        return spawnSync(LAUNCHER, args, { encoding: 'utf8' });
      };
      const refused = start(edited, '--verify');
      expect(refused.stderr).toContain(CHANGED);
      expect(refused.status).toBe(65);
      expect(existsSync(started), command).toBe(false);
      for (const [image, ...options] of [[edited], [good, '--verify']] as const) {
        expect(start(image, ...options).stderr).not.toContain(CHANGED);
        expect(existsSync(started), command).toBe(true);
        rmSync(started);
      }
    }
    await expect(clone(edited, { verify: true })).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_IMAGE_INVALID',
      message: expect.stringContaining(CHANGED),
    });
  });

  it('is refused by every user who does not own it', async () => {
    const { good, edited } = await images();
    const { criu, started } = markingCriu();
    const launcher = join(temporaryDirectory(), 'tubthump');
    copyFileSync(LAUNCHER, launcher);
    for (const directory of [good, edited]) {
      for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o444);
      for (const path of [directory, join(directory, '..'), join(launcher, '..')])
        chmodSync(path, 0o755);
    }
    const restore = (image: string) =>
      spawnSync(launcher, ['restore', '--criu', criu, image], {
        ...{ uid: 1234, gid: 1234, encoding: 'utf8' },
      }).stderr;
    expect(restore(edited)).toContain(CHANGED);
    expect(existsSync(started)).toBe(false);
    expect(restore(good)).not.toContain(CHANGED);
    expect(existsSync(started)).toBe(true);
  });
});

it('an image that is as it was made is restored and cloned with --verify', async () => {
  const { good, port } = await images();
  const copy = launch(['restore', '--verify', good]);
  expect((await get(port)).requests).toBeGreaterThan(0);
  await end(copy.child);
  const copies = await clone(good, { verify: true });
  expect(copies).toHaveLength(1);
  await copies[Symbol.asyncDispose]();
});

it('an image without checksums is refused with --verify', async () => {
  const { good } = await images();
  const path = join(good, 'manifest.json');
  const sed = 's/"checksum": "[0-9a-f]*",//';
  execFileSync('sed', ['-i', sed, path]);
  const refused = spawnSync(LAUNCHER, ['restore', '--verify', good], { encoding: 'utf8' });
  expect(refused.stderr).toMatch(/the manifest has no checksum of \S+\.img/);
  expect(refused.status).toBe(65);
});
