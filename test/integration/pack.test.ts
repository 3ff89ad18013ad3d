import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pack } from '../../src/pack/pack.js';
import { unpack } from '../../src/pack/unpack.js';
import {
  adopt,
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

const tubthump = (...args: string[]) => spawnSync(LAUNCHER, args, { encoding: 'utf8' });

function contentOf(images: string): Record<string, string> {
  const names = readdirSync(images).sort();
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(images, name)).toString('latin1')]),
  );
}

describe('a packed image', () => {
  it('comes back, signed, and restores; and gives the same pack again', async () => {
    const service = await startService([process.execPath, SERVICE]);
    const { startId } = await get(service.port);
    const images = await imageOf(service);
    const place = temporaryDirectory();
    const [key, pub] = [join(place, 'key.pem'), join(place, 'key.pub')];
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
    execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', pub]);
    expect(tubthump('sign', '--key', key, images)).toMatchObject({ status: 0 });

    const file = join(place, 'shop.pack');
    const packed = tubthump('pack', '--json', images, file);
    expect(packed).toMatchObject({ status: 0, stderr: '' });
    const { bytes, data, packed: size, shared, ratio } = JSON.parse(packed.stdout);
    expect(size).toBe(readFileSync(file).length);
    expect(data).toBeLessThanOrEqual(bytes);
    expect(ratio).toBeGreaterThan(2);
    expect(shared).toBe(0);

    const copy = join(place, 'copy');
    const unpacked = tubthump('unpack', '--require-signature', pub, file, copy);
    expect(unpacked).toMatchObject({ status: 0, stderr: '' });
    expect(contentOf(copy)).toEqual(contentOf(images));
    const again = join(place, 'again.pack');
    await pack(copy, again, { jobs: 1 });
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);

    const restored = launch(['restore', '--require-signature', pub, copy]);
    expect(await get(service.port)).toMatchObject({ startId });
    await end(restored.child);
  });

  it('against the image it came from is small, and restores', async () => {
    const service = await startService([process.execPath, SERVICE]);
    const base = await imageOf(service);
    const copy = launch(['restore', base]);
    const { pid, startId } = await get(service.port);
    const place = temporaryDirectory();
    const next = await imageOf({ ...copy, port: service.port, pid });
    const [alone, against] = [join(place, 'alone.pack'), join(place, 'against.pack')];
    const one = await pack(next, alone);
    await pack(base, join(place, 'base.pack'));
    const two = await pack(next, against, { base: join(place, 'base.pack') });
    expect(two.shared).toBeGreaterThan(two.data / 3);
    expect(two.packed).toBeLessThan(one.packed);
    expect(readdirSync(place).sort()).toEqual(['against.pack', 'alone.pack', 'base.pack']);

    const images = join(place, 'image');
    const failed = unpack(against, images);
    await expect(failed).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_PACK_BASE' });
    expect(existsSync(images)).toBe(false);
    await unpack(against, images, { base });
    const restored = launch(['restore', images]);
    expect(await get(service.port)).toMatchObject({ startId });
    await end(restored.child);
  });

  it('that another key signed is not unpacked', async () => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    const place = temporaryDirectory();
    const file = join(place, 'pack');
    await pack(images, file);
    const pub = join(place, 'key.pub');
    const key = join(place, 'key.pem');
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
    execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', pub]);
    const refused = tubthump('unpack', '--require-signature', pub, file, join(place, 'image'));
    expect(refused).toMatchObject({ status: 65, stdout: '' });
    expect(refused.stderr).toContain('the image is not signed');
    expect(readdirSync(place).sort()).toEqual(['key.pem', 'key.pub', 'pack']);
  });
});

describe('where there is no space', () => {
  it('neither pack nor image appears', async () => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    const file = join(temporaryDirectory(), 'pack');
    await pack(images, file);
    const small = join(temporaryDirectory(), 'small');
    mkdirSync(small);
    // In a mount namespace of its own: it is gone with the shell.
    const script = `mount -t tmpfs -o size=1m tubthump "$1"
      "$2" pack "$3" "$1/pack"; echo "pack $?"; "$2" unpack "$4" "$1/image"; echo "unpack $?"
      ls -A "$1" | wc -l`;
    const args = ['-m', 'sh', '-c', script, 'sh', small, LAUNCHER, images, file];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual(['pack 73', 'unpack 73', '0']);
    expect(stderr.match(/No space left on device \(ENOSPC\)/g)).toHaveLength(2);
  });
});

describe('pack and unpack', () => {
  it('leave nothing when they are interrupted', async () => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    const place = temporaryDirectory();
    const child = adopt(
      spawn(LAUNCHER, ['pack', '--level', '22', '--jobs', '1', images, `${place}/pack`]),
    );
    await expect.poll(() => readdirSync(place).length, { timeout: 30_000 }).toBe(1);
    child.kill('SIGINT');
    expect(await exitOf(child)).toMatchObject({ status: 130 });
    expect(readdirSync(place)).toEqual([]);
  });

  it('refuse wrong options before they touch anything', async () => {
    const place = temporaryDirectory();
    await expect(pack(place, `${place}/pack`, { level: 23 })).rejects.toThrow('`level`');
    await expect(unpack(place, `${place}/x`, { bsae: 'x' } as object)).rejects.toThrow('`base`');
    expect(tubthump('pack', '--jobs', '0', place, `${place}/pack`)).toMatchObject({ status: 64 });
    expect(tubthump('pack', place)).toMatchObject({ status: 64 });
    expect(tubthump('pack', place, `${place}/pack`)).toMatchObject({ status: 66 });
    writeFileSync(join(place, 'no-pack'), 'x');
    expect(tubthump('unpack', `${place}/no-pack`, `${place}/image`)).toMatchObject({ status: 65 });
    copyFileSync(join(place, 'no-pack'), join(place, 'there'));
    expect(tubthump('pack', place, `${place}/there`)).toMatchObject({ status: 66 });
    expect(readdirSync(place).sort()).toEqual(['no-pack', 'there']);
  });
});
