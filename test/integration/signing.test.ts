import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../src/bench/image.js';
import { clone } from '../../src/clone/clone.js';
import { verify } from '../../src/verify/verify.js';
import {
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
} from './harness.js';
import { imageOf } from './state.js';

/** Two pairs of keys, as people make them. */
function keys(directory: string) {
  const pair = (name: string) => {
    const [key, pub] = [join(directory, `${name}.pem`), join(directory, `${name}.pub`)];
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
    execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', pub]);
    return { key, pub };
  };
  return { ours: pair('ours'), theirs: pair('theirs') };
}

async function refused(images: string, pub: string): Promise<string> {
  const copy = launch(['restore', '--require-signature', pub, images]);
  expect((await exitOf(copy.child)).status).toBe(65);
  expect(copy.output()).toContain('ERR_TUBTHUMP_IMAGE_UNTRUSTED');
  await expect(clone(images, { requireSignature: pub })).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_IMAGE_UNTRUSTED',
  });
  return copy.output();
}

async function failures(images: string, publicKey?: string) {
  const findings = await verify(images, { publicKey });
  return findings.filter(({ status }) => status === 'failure');
}

describe('a signed image', () => {
  it('is restored with the right key only, and only as it was signed', async () => {
    const { ours, theirs } = keys(temporaryDirectory());
    const images = join(temporaryDirectory(), 'image');
    const args = ['checkpoint', '--images', images, '--sign', ours.key];
    const command = [process.execPath, SERVICE];
    const made = spawnSync(LAUNCHER, [...args, '--', ...command], { encoding: 'utf8' });
    expect(made.stderr).toBe('');
    const port = Number(/listening on (\d+)/.exec(made.stdout)?.[1]);

    const copy = launch(['restore', '--require-signature', ours.pub, images]);
    expect((await get(port)).requests).toBeGreaterThan(0);
    await end(copy.child);
    const copies = await clone(images, { requireSignature: ours.pub });
    expect(copies).toHaveLength(1);
    await copies[Symbol.asyncDispose]();
    expect(await failures(images, ours.pub)).toEqual([]);

    expect(await refused(images, theirs.pub)).toContain('not signed with the key');
    expect(await failures(images, theirs.pub)).toMatchObject([{ name: 'signature' }]);

    const added = join(images, 'ghost-file-1.img');
    writeFileSync(added, '');
    expect(await refused(images, ours.pub)).toContain('ghost-file-1.img is not among those');
    expect((await failures(images, ours.pub))[0]?.detail).toContain('ghost-file-1.img');
    rmSync(added);

    const changed = join(temporaryDirectory(), 'changed');
    cpSync(images, changed, { recursive: true });
    execFileSync('dd', [
      'if=/dev/urandom',
      `of=${changed}/heap.img`,
      'bs=1',
      'count=16',
      'conv=notrunc',
    ]);
    expect(await refused(changed, ours.pub)).toContain('heap.img is not what was signed');
    expect((await failures(changed, ours.pub)).map(({ name, detail }) => [name, detail])).toEqual([
      ['files', expect.stringContaining('heap.img is not as it was made')],
      ['signature', expect.stringContaining('heap.img is not what was signed')],
    ]);
  });

  it('has its working set signed, too', async () => {
    const { ours } = keys(temporaryDirectory());
    const images = join(temporaryDirectory(), 'image');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const args = ['checkpoint', '--images', images, '--sign', ours.key, '--working-set'];
    const command = [process.execPath, SERVICE];
    const made = spawnSync(LAUNCHER, [...args, '--warm', url, '--', ...command], {
      env: { ...process.env, PORT: String(port) },
      encoding: 'utf8',
    });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(images, 'working-set.img'))).toBe(true);
    const copy = launch(['restore', '--require-signature', ours.pub, images]);
    expect((await get(port)).requests).toBeGreaterThan(0);
    await end(copy.child);

    const record = ['working-set', images, '--warm', url];
    const again = spawnSync(LAUNCHER, record, { encoding: 'utf8' });
    expect(again).toMatchObject({ status: 0 });
    expect(again.stderr).toContain('tubthump sign');
    expect(await refused(images, ours.pub)).toContain('the file working-set.img');
  });

  it('is made of an image that is there, by `tubthump sign`', async () => {
    const { ours } = keys(temporaryDirectory());
    const service = await startService([process.execPath, SERVICE]);
    const images = await imageOf(service);
    expect(await refused(images, ours.pub)).toContain('the image is not signed');
    const sign = (key: string) =>
      spawnSync(LAUNCHER, ['sign', '--key', key, images], { encoding: 'utf8' });
    expect(sign(ours.pub)).toMatchObject({ status: 64 });
    expect(sign(ours.key)).toMatchObject({ status: 0, stderr: '' });
    expect(sign(ours.key)).toMatchObject({ status: 0, stderr: '' });
    const copy = launch(['restore', '--require-signature', ours.pub, images]);
    await get(service.port);
    await end(copy.child);
  });

  it('is checked before CRIU is started, by restore, run and clone', async () => {
    const { ours, theirs } = keys(temporaryDirectory());
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    spawnSync(LAUNCHER, ['sign', '--key', ours.key, images]);
    const directory = temporaryDirectory();
    const [criu, started] = [join(directory, 'criu'), join(directory, 'started')];
    writeFileSync(criu, `#!/bin/sh\n: > ${started}\nexit 1\n`, { mode: 0o755 });
    for (const command of ['restore', 'clone', 'run']) {
      const image = command === 'run' ? ['--images', images, '--no-fallback'] : [];
      const rest = command === 'run' ? ['--', 'false'] : [images];
      const start = (pub: string) => {
        const args = [command, '--criu', criu, '--require-signature', pub, ...image, ...rest];
        return spawnSync(LAUNCHER, args, { encoding: 'utf8' });
      };
      expect(start(theirs.pub).stderr).toContain('ERR_TUBTHUMP_IMAGE_UNTRUSTED');
      expect(existsSync(started), command).toBe(false);
      expect(start(ours.pub).status).not.toBe(0);
      expect(existsSync(started), command).toBe(true);
      rmSync(started);
    }
  });

  it('is no use without a key that is one', async () => {
    const copy = launch(['restore', '--require-signature', '/etc/passwd', '/nowhere']);
    expect((await exitOf(copy.child)).status).toBe(64);
    const args = ['checkpoint', '--images', '/nowhere', '--sign', '/etc/passwd', '--', 'false'];
    const made = spawnSync(LAUNCHER, args, { encoding: 'utf8' });
    expect(made).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('/etc/passwd holds no'),
    });
  });
});

describe('an image that others can have written', () => {
  it.each([
    [
      'belongs to another user',
      (images: string) => chownSync(images, 1234, 0),
      'belongs to user 1234',
    ],
    [
      'is a directory that a group can write',
      (images: string) => chmodSync(images, 0o770),
      'can be written',
    ],
    [
      'has a file of another user',
      (images: string) => chownSync(`${images}/files.img`, 1234, 0),
      'files.img belongs',
    ],
    [
      'has a file that all can write',
      (images: string) => chmodSync(`${images}/heap.img`, 0o606),
      'heap.img can be',
    ],
    [
      'has a manifest that all can write',
      (images: string) => chmodSync(`${images}/manifest.json`, 0o602),
      'manifest.json can',
    ],
  ])('is refused when it %s', async (_, change, message) => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    change(images);
    const copy = launch(['restore', images]);
    expect((await exitOf(copy.child)).status).toBe(65);
    expect(copy.output()).toContain(message);
    expect(copy.output()).toContain('ERR_TUBTHUMP_IMAGE_UNTRUSTED');
    expect((await failures(images)).map(({ name }) => name)).toEqual(['ownership']);
  });
});
