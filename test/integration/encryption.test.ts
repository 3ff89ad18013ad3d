import { execFileSync } from 'node:child_process';
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import { askCheckpoint } from '../../src/control/client.js';
import { inspect } from '../../src/inspect/report.js';
import { verify } from '../../src/verify/verify.js';
import {
  imageOfKeeper,
  KEEPER,
  type Kept,
  keyFile,
  reversed,
  secretWord,
  tubthump,
} from './encrypted.js';
import {
  end,
  exitOf,
  get,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { filesWith } from './state.js';

async function ask(port: number): Promise<Kept> {
  return (await get(port)) as unknown as Kept;
}

function expectOf(word: string): Partial<Kept> {
  return {
    inHeap: `heap ${reversed(word)}`,
    inBuffer: `buffer ${reversed(word)}`,
    argument: `argument-${word}`,
  };
}

describe('an encrypted image', () => {
  it('holds nothing that the service knew, and comes back as often as asked', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const plain = imageOfKeeper(word).images;
    // What is looked for is there to be found.
    expect(filesWith(word, plain).length).toBeGreaterThan(1);
    expect(filesWith(reversed(word), plain).length).toBeGreaterThan(0);
    rmSync(plain, { recursive: true });

    const { images, port } = imageOfKeeper(word, ['--encrypt', key]);
    expect(filesWith(word, images)).toEqual([]);
    expect(filesWith(reversed(word), images)).toEqual([]);
    expect(readdirSync(images)).not.toContain('dump.log');
    for (let count = 0; count < 3; count++) {
      const copy = launch(['restore', '--key', key, images]);
      expect(await ask(port)).toMatchObject(expectOf(word));
      // Its heap is mapped from a file that has no name, on a tmpfs that is mounted nowhere.
      const { pid } = await get(port);
      expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).toMatch(/heap\.img \(deleted\)$/m);
      const mounts = readFileSync(`/proc/${copy.child.pid}/mountinfo`, 'utf8');
      expect(mounts).toBe(readFileSync('/proc/self/mountinfo', 'utf8'));
      expect((await end(copy.child)).signal).toBe('SIGTERM');
    }
  });

  it('has many copies at once, which share what was decrypted', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images } = imageOfKeeper(word, ['--encrypt', key]);
    const copies = await clone(images, { count: 4, own: ['net'], key });
    expect(copies).toHaveLength(4);
    for (const copy of copies) await copy.ready;
    // Mapped from one file, which has no name any more.
    const heaps = copies.map(({ pid }) =>
      /(\S+) (\d+) +\S*heap\.img \(deleted\)$/m.exec(readFileSync(`/proc/${pid}/maps`, 'utf8')),
    );
    expect(heaps[0]?.[2]).toBeDefined();
    expect(new Set(heaps.map((heap) => `${heap?.[1]} ${heap?.[2]}`)).size).toBe(1);
    await copies[Symbol.asyncDispose]();
  });

  it('of a copy is encrypted again, and is one of it', async () => {
    const [word, key, other] = [secretWord(), keyFile(), keyFile()];
    const { images, port } = imageOfKeeper(word, ['--encrypt', key]);
    const copy = launch(['restore', '--key', key, images]);
    const { requests } = await ask(port);
    const { pid } = await get(port);
    const again = join(temporaryDirectory(), 'again');
    await askCheckpoint(pid, { images: again, leaveRunning: false, encrypt: other });
    await exitOf(copy.child);
    expect(filesWith(reversed(word), again)).toEqual([]);
    const second = launch(['restore', '--key', other, again]);
    const answer = await ask(port);
    expect(answer).toMatchObject(expectOf(word));
    expect(answer.requests).toBeGreaterThan(requests);
    await end(second.child);
  });

  it('is made of a service that goes on', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const images = join(temporaryDirectory(), 'image');
    const environment = { SECRET_WORD: word };
    const service = await startService([process.execPath, KEEPER], [], environment);
    await askCheckpoint(service.pid, { images, leaveRunning: true, encrypt: key });
    expect((await ask(service.port)).requests).toBe(2);
    await end(service.child);
    expect(filesWith(reversed(word), images)).toEqual([]);
    const copy = launch(['restore', '--key', key, images]);
    const answer = await ask(service.port);
    expect(answer).toMatchObject({ requests: 2, inHeap: `heap ${reversed(word)}` });
    await end(copy.child);
  });

  it('is made and restored by `run`, with a key that a program prints', async () => {
    const word = secretWord();
    const command = `cat ${keyFile()}`;
    const images = join(temporaryDirectory(), 'image');
    const options = ['--images', images, '--key-command', command];
    const service = [process.execPath, KEEPER, `argument-${word}`];
    const first = launch(
      ['run', ...options, '--checkpoint', 'listening', '--exit', '--', ...service],
      {
        SECRET_WORD: word,
      },
    );
    const port = Number(await waitForOutput(first, /listening on (\d+)/));
    expect((await exitOf(first.child)).status).toBe(0);
    expect(filesWith(reversed(word), images)).toEqual([]);
    const second = launch(['run', ...options, '--', ...service]);
    expect(await ask(port)).toMatchObject(expectOf(word));
    expect(second.output()).not.toContain('started normally');
    await end(second.child);
  });

  it('is for the stream engine, too', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images, port } = imageOfKeeper(word, ['--encrypt', key, '--engine', 'stream']);
    const copy = launch(['restore', '--key', key, images]);
    expect(await ask(port)).toMatchObject(expectOf(word));
    await end(copy.child);
  });

  it('is parked before it goes on', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images, port } = imageOfKeeper(word, ['--encrypt', key]);
    const copy = launch(['restore', '--parked', '--key', key, images]);
    await waitForOutput(copy, /parked as pid/);
    copy.child.kill('SIGCONT');
    expect(await ask(port)).toMatchObject(expectOf(word));
    await end(copy.child);
  });

  it('is signed as it is on the disk', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const directory = temporaryDirectory();
    const [pem, pub] = [join(directory, 'key.pem'), join(directory, 'key.pub')];
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', pem]);
    execFileSync('openssl', ['pkey', '-in', pem, '-pubout', '-out', pub]);
    const { images, port } = imageOfKeeper(word, ['--encrypt', key, '--sign', pem]);
    const args = ['restore', '--require-signature', pub, images];
    const copy = launch([...args, '--key', key]);
    expect(await ask(port)).toMatchObject(expectOf(word));
    await end(copy.child);
    const findings = await verify(images, { publicKey: pub, key });
    expect(findings.filter(({ status }) => status === 'failure')).toEqual([]);
    rmSync(join(images, 'signature'));
    const refused = tubthump([...args, '--key', key]);
    expect(refused).toMatchObject({ status: 65, stderr: expect.stringContaining('not signed') });
  });

  it('is looked into with its key, and listed without', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images } = imageOfKeeper(word, ['--encrypt', key, '--label', 'app=keeper']);
    const listed = tubthump(['images', 'list', '--json', join(images, '..')]);
    expect(JSON.parse(listed.stdout).images).toMatchObject([
      { path: images, encrypted: true, labels: { app: 'keeper' } },
    ]);
    expect(tubthump(['images', 'list', join(images, '..')]).stdout).toContain('encrypted');

    const report = await inspect(images, { key });
    expect(report.images).toBe(images);
    expect(report.processes[0]?.arguments).toContain(`argument-${word}`);
    for (const args of [['inspect'], ['inspect', '--secrets'], ['verify'], ['working-set']]) {
      const refused = tubthump([...args, images]);
      expect(refused.stderr).toContain('the image is encrypted, and no key was given');
      expect(refused.status).toBe(64);
    }
    const findings = await verify(images, { key });
    expect(findings.filter(({ status }) => status === 'failure')).toEqual([]);
    const secrets = tubthump(['inspect', '--secrets', '--json', '--key', key, images]);
    expect(JSON.parse(secrets.stdout).secrets).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'value of SECRET_WORD' })]),
    );
    const randomness = tubthump(['verify', '--randomness', images, '--key', key]);
    expect(randomness).toMatchObject({ status: 0, stderr: '' });
  });

  it('is not made when secrets are denied', () => {
    const key = keyFile();
    expect(() => imageOfKeeper(secretWord(), ['--encrypt', key, '--deny-secrets'])).toThrow(
      /value of SECRET_WORD[\s\S]*ERR_TUBTHUMP_SECRETS/,
    );
  });

  it('has its working set recorded', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images, port } = imageOfKeeper(word, ['--encrypt', key]);
    const url = `http://127.0.0.1:${port}/`;
    const recorded = tubthump(['working-set', images, '--key', key, '--warm', url]);
    expect(recorded).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(images, 'working-set.img'))).toBe(true);
    expect(filesWith(reversed(word), images)).toEqual([]);
    expect(tubthump(['working-set', images, '--key', key]).stdout).toContain('heap.img');
    const copy = launch(['restore', '--key', key, images]);
    expect(await ask(port)).toMatchObject(expectOf(word));
    expect(copy.output()).not.toContain('without its working set');
    await end(copy.child);
  });

  it('is made of one that is there, and decrypted again byte for byte', async () => {
    const [word, key] = [secretWord(), keyFile()];
    const { images, port } = imageOfKeeper(word);
    const [sealed, opened] = [join(images, '../sealed'), join(images, '../opened')];
    expect(tubthump(['encrypt', '--key', key, images, sealed])).toMatchObject({ status: 0 });
    expect(filesWith(reversed(word), sealed)).toEqual([]);
    expect(tubthump(['decrypt', '--key', key, sealed, opened])).toMatchObject({ status: 0 });
    const { files } = JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
    for (const { name } of [...files, { name: 'manifest.json' }])
      expect(readFileSync(join(opened, name)).equals(readFileSync(join(images, name)))).toBe(true);
    for (const args of [['--key', key, sealed], [opened]]) {
      const copy = launch(['restore', ...args]);
      expect(await ask(port)).toMatchObject(expectOf(word));
      await end(copy.child);
    }
  });

  it('is decrypted by whoever has the key and docs/encryption.md', () => {
    const [word, bytes] = [secretWord(), Buffer.alloc(32, 7)];
    const { images } = imageOfKeeper(word, ['--encrypt', keyFile(bytes)]);
    const [bound, sealed] = ['manifest.json', 'manifest.sealed'].map((name) =>
      readFileSync(join(images, name)),
    ) as [Buffer, Buffer];
    const digest = createHash('sha512').update(bound).digest();
    const plain = openByTheBook(sealed, 'manifest.sealed', digest, bytes);
    // The table says: one extent, all of it.
    expect(plain.readBigUInt64LE(8)).toBe(1n);
    const manifest = JSON.parse(plain.subarray(32).toString('utf8'));
    expect(manifest.service.argv).toContain(`argument-${word}`);
  });
});

/** A sealed file of one chunk, opened with node:crypto. */
function openByTheBook(sealed: Buffer, name: string, boundTo: Buffer, key: Buffer): Buffer {
  const header = sealed.subarray(0, 96);
  expect(header.toString('latin1', 0, 16)).toBe('tubthump sealed\0');
  const info = `tubthump sealed file 1 ${name}`;
  const fileKey = Buffer.from(hkdfSync('sha512', key, header.subarray(40, 88), info, 32));
  const chunk = sealed.subarray(96, -16);
  const decipher = createDecipheriv('aes-256-gcm', fileKey, Buffer.alloc(12));
  const first = Buffer.alloc(8);
  const last = Buffer.from([1]);
  decipher.setAAD(Buffer.concat([first, last, header, Buffer.from(`${name}\0`), boundTo]));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(chunk), decipher.final()]);
}
