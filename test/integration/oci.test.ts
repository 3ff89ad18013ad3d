import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/verify/verify.js';
import { imageWith } from '../oci/images.js';
import {
  adopt,
  end,
  get,
  LAUNCHER,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
} from './harness.js';
import { imageOf } from './state.js';

function tubthump(...args: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = spawnSync(LAUNCHER, [...args, '--json'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** As people call it; skopeo and podman tell what they do on stderr. */
function tool(program: string, args: readonly string[], cwd = '.'): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd });
  expect(status, stderr).toBe(0);
  return stdout;
}

const expectSame = (one: string, other: string) =>
  expect(execFileSync('diff', ['-r', one, other], { encoding: 'utf8' })).toBe('');

/** Restores an image and asks the copy. */
async function requestsOf(images: string, port: number, ...options: string[]): Promise<number> {
  const copy = launch(['restore', ...options, images]);
  const { requests } = await get(port);
  await end(copy.child);
  return requests;
}

const modes = (images: string) =>
  readdirSync(images).map((name) => [name, statSync(join(images, name)).mode & 0o7777]);

const onDisk = (path: string) => statSync(path).blocks * 512;

describe('an image of a service', () => {
  it('goes through a layout, skopeo and podman, and is restored', async () => {
    const service = await startService([process.execPath, SERVICE]);
    const images = await imageOf(service);
    const directory = temporaryDirectory();
    const layout = join(directory, 'layout');
    const exported = tubthump('oci', 'export', images, `${layout}:v1`);

    const inspected = JSON.parse(tool('skopeo', ['inspect', `oci:${layout}:v1`]));
    expect(inspected).toMatchObject({
      Digest: exported.digest,
      Architecture: 'amd64',
      Labels: {
        'org.criu.checkpoint.engine.name': 'tubthump',
        'org.criu.checkpoint.container.name': basename(SERVICE, '.mjs'),
        'org.criu.checkpoint.runtime.version': process.versions.node,
        'io.kubernetes.cri-o.annotations.checkpoint.name': basename(SERVICE, '.mjs'),
      },
    });

    const copied = join(directory, 'copied');
    tool('skopeo', ['copy', `oci:${layout}:v1`, `oci:${copied}:other`]);
    tubthump('oci', 'import', `${copied}:other`, join(directory, 'from-skopeo'));
    expectSame(images, join(directory, 'from-skopeo'));

    // podman unpacks layers, and compresses them anew: only the digests of their tars stay.
    const store = ['root', 'runroot', 'tmpdir'].map(
      (name) => `--${name}=${directory}/store/${name}`,
    );
    // Where the path of a layout has capital letters, podman cannot make a name of it.
    const podman = (...args: string[]) =>
      tool('podman', [...store, '--storage-driver=vfs', ...args], directory);
    mkdirSync(join(directory, 'store'));
    const id = podman('pull', '--quiet', 'oci:layout:v1').trim();
    const [annotations] = JSON.parse(podman('image', 'inspect', id));
    expect(annotations.Annotations).toMatchObject({ 'tubthump.image.engine': 'map' });
    const pushed = join(directory, 'pushed');
    podman('push', '--quiet', id, `oci:${pushed}:back`);
    podman('rmi', id);
    expect(readdirSync(join(pushed, 'blobs/sha256'))).not.toContain(
      String(inspected.Layers[0]).slice('sha256:'.length),
    );
    const back = join(directory, 'back');
    tubthump('oci', 'import', `${pushed}:back`, back);
    expectSame(images, back);

    expect(modes(back)).toEqual(modes(images));
    expect(onDisk(join(back, 'heap.img'))).toBeLessThanOrEqual(onDisk(join(images, 'heap.img')));
    const failures = (await verify(back)).filter(({ status }) => status === 'failure');
    expect(failures).toEqual([]);
    expect(await requestsOf(back, service.port)).toBeGreaterThan(0);
  });

  it('shares pages with the image that it was restored from, and stays signed', async () => {
    const directory = temporaryDirectory();
    const [key, pub] = [join(directory, 'key.pem'), join(directory, 'key.pub')];
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
    execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', pub]);
    const service = await startService([process.execPath, SERVICE]);
    const first = await imageOf(service);
    const copy = launch(['restore', first]);
    const { pid } = await get(service.port);
    const second = await imageOf({ ...service, child: copy.child, pid });
    tubthump('sign', '--key', key, second);

    const layout = join(directory, 'layout');
    const base = tubthump('oci', 'export', first, `${layout}:v1`);
    const top = tubthump('oci', 'export', '--base', `${layout}:v1`, second, `${layout}:v2`);
    expect(top.layers).toBe(2);
    // Of a heap this small, collections before the second dump move a good part: 55 % are shared.
    expect(Number(top.basePages) / Number(top.pages)).toBeGreaterThan(0.3);
    expect(Number(top.bytes)).toBeLessThan(0.7 * Number(base.bytes));

    const moved = join(directory, 'moved');
    tool('skopeo', ['copy', `oci:${layout}:v2`, `oci:${moved}:v2`]);
    const back = join(directory, 'back');
    tubthump('oci', 'import', moved, back);
    expectSame(second, back);
    const required = ['--require-signature', pub];
    expect(await requestsOf(back, service.port, ...required)).toBeGreaterThan(1);
  });
});

describe('tubthump oci', () => {
  it('says nothing of how far it is where there is no terminal, and what came of it', async () => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    const layout = join(temporaryDirectory(), 'layout');
    const run = (...args: string[]) => spawnSync(LAUNCHER, ['oci', ...args], { encoding: 'utf8' });
    const made = run('export', images, layout);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toMatch(/^exported: .*:latest, [\d.]+ MB new\nsha256:[0-9a-f]{64}\n$/);
    expect(run('import', layout, images)).toMatchObject({
      status: 73,
      stderr: expect.stringContaining('ERR_TUBTHUMP_IMAGE_PUBLISH'),
    });
    expect(run('import', `${layout}:none`, '/nowhere')).toMatchObject({
      status: 66,
      stderr: expect.stringContaining('tags: latest'),
    });
    for (const args of [['export'], ['import', layout], ['import', layout, 'a', '--base', layout]])
      expect(run(...args)).toMatchObject({ status: 64 });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const directory = temporaryDirectory();
    const images = imageWith(join(temporaryDirectory(), 'image'), {});
    // Several seconds of work.
    writeFileSync(join(images, 'heap.img'), '');
    truncateSync(join(images, 'heap.img'), 2 ** 30);
    const layout = join(directory, 'layout');
    const child = adopt(spawn(LAUNCHER, ['oci', 'export', images, layout], { stdio: 'ignore' }));
    await expect
      .poll(() => existsSync(join(layout, 'oci-layout')), { interval: 5, timeout: 30_000 })
      .toBe(true);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(child.exitCode).toBe(130);
    expect(readdirSync(directory)).toEqual([]);
  });
});
