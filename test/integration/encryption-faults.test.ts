import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import { askCheckpoint } from '../../src/control/client.js';
import { hasCgroup, limited } from './cgroups.js';
import { imageOfKeeper, KEEPER, keyFile, secretWord, tubthump } from './encrypted.js';
import {
  adopt,
  collect,
  end,
  get,
  LAUNCHER,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

function change(path: string, edit: (bytes: Buffer) => void): void {
  chmodSync(path, 0o600);
  const bytes = readFileSync(path);
  edit(bytes);
  writeFileSync(path, bytes);
}

/** The second and the third: each is good where it was. */
function exchangeChunks(bytes: Buffer): void {
  const [header, chunk] = [96, 262_144 + 16];
  const second = Buffer.from(bytes.subarray(header + chunk, header + 2 * chunk));
  bytes.copyWithin(header + chunk, header + 2 * chunk, header + 3 * chunk);
  second.copy(bytes, header + 2 * chunk);
}

function replace(path: string, by: string): void {
  chmodSync(path, 0o600);
  copyFileSync(by, path);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

function pagesOf(images: string): string {
  const name = readdirSync(images).find((file) => /^pages-\d+\.img$/.test(file));
  if (!name) throw new Error('no pages');
  return join(images, name);
}

/** What `restore` says of an image; no copy may come of it, and no CRIU is asked. */
function refusal(images: string, ...options: string[]) {
  const { status, stderr } = tubthump(['restore', '--criu', '/no/criu', ...options, images]);
  return { status, message: /tubthump: (.*)\n/.exec(stderr)?.[1] ?? stderr };
}

describe('a restore without the right key', () => {
  it('is refused, with the reason, by restore and clone', async () => {
    const [word, key, other] = [secretWord(), keyFile(), keyFile()];
    const { images } = imageOfKeeper(word, ['--encrypt', key]);
    expect(tubthump(['restore', images])).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('is encrypted, and no key was given (ERR_TUBTHUMP_KEY)'),
    });
    expect(refusal(images, '--key', other).message).toMatch(
      /^the image was encrypted with the key [0-9a-f]{32}, this is the key [0-9a-f]{32} \(ERR_TUBTHUMP_KEY\)$/,
    );
    const readable = keyFile();
    chmodSync(readable, 0o644);
    expect(refusal(images, '--key', readable).message).toContain('by others: chmod 600 it');
    expect(refusal(images, '--key', '/no/key').message).toContain('No such file');
    expect(refusal(images, '--key', key, '--key-command', 'cat').message).toContain('one of them');
    expect(refusal(images, '--key-command', 'false').message).toBe(
      'key command false ended with status 1 (ERR_TUBTHUMP_KEY)',
    );
    expect(refusal(images, '--key-command', 'echo nonsense').message).toContain('no key of 32');
    await expect(clone(images, { key: other })).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_KEY' });
    await expect(clone(images)).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_KEY' });
    // A key says that the image has to be an encrypted one.
    const plain = imageOfKeeper(word).images;
    expect(refusal(plain, '--key', key).message).toContain('the image is not encrypted');
  });

  it('starts the service normally under `run`, with one line that says why', async () => {
    const word = secretWord();
    const { images, port } = imageOfKeeper(word, ['--encrypt', keyFile()]);
    const args = ['run', '--images', images, '--key', keyFile(), '--', process.execPath, KEEPER];
    const service = launch(args, { SECRET_WORD: word, PORT: String(port) });
    await waitForOutput(service, /listening on/);
    expect((await get(port)).requests).toBe(1);
    const lines = service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('tubthump: '));
    expect(lines).toEqual([
      expect.stringMatching(/^tubthump: started normally, .*\(ERR_TUBTHUMP_KEY\)$/),
    ]);
    await end(service.child);
  });
});

describe('an encrypted image that is not as it was made', () => {
  it('is refused: flipped, cut short, exchanged, mixed with another', () => {
    const key = keyFile();
    const make = () => imageOfKeeper(secretWord(), ['--encrypt', key]).images;
    const other = make();
    const damages: [RegExp, (images: string) => void][] = [
      [
        /pages-\d+\.img is not as it was encrypted/,
        (images) =>
          change(pagesOf(images), (bytes) => {
            bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
          }),
      ],
      [
        /pages-\d+\.img is not as long as it was made/,
        (images) => {
          chmodSync(pagesOf(images), 0o600);
          truncateSync(pagesOf(images), 100_000);
        },
      ],
      [
        /heap\.img is not as it was encrypted/,
        (images) => change(join(images, 'heap.img'), exchangeChunks),
      ],
      [
        /heap\.img is not as it was encrypted/,
        (images) => replace(join(images, 'heap.img'), join(images, 'files.img')),
      ],
      [
        /heap\.img is of another image/,
        (images) => replace(join(images, 'heap.img'), join(other, 'heap.img')),
      ],
      [
        /manifest\.sealed is not as it was encrypted, or manifest\.json is not/,
        (images) => change(join(images, 'manifest.json'), (bytes) => bytes.write(' ', 1)),
      ],
    ];
    for (const [message, damage] of damages) {
      const images = make();
      damage(images);
      const refused = refusal(images, '--key', key);
      expect(refused.message).toMatch(message);
      expect(refused).toMatchObject({
        status: 65,
        message: expect.stringContaining('(ERR_TUBTHUMP_IMAGE_INVALID)'),
      });
    }
  });

  it('leaves nothing behind', () => {
    const key = keyFile();
    const { images } = imageOfKeeper(secretWord(), ['--encrypt', key]);
    change(pagesOf(images), (bytes) => bytes.fill(1, bytes.length - 20));
    const TMPDIR = temporaryDirectory();
    expect(tubthump(['restore', '--key', key, images], { TMPDIR }).status).toBe(65);
    expect(readdirSync(TMPDIR)).toEqual([]);
    const out = join(temporaryDirectory(), 'out');
    const decrypted = tubthump(['decrypt', '--key', key, images, out]);
    expect(decrypted.stderr).toContain('ERR_TUBTHUMP_IMAGE_INVALID');
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(join(out, '..'))).toEqual([]);
  });
});

describe('a plain image that was edited', () => {
  it('is not encrypted: nothing would tell of the edit any more', () => {
    const { images } = imageOfKeeper(secretWord());
    const heap = join(images, 'heap.img');
    const { atime, mtime } = statSync(heap);
    change(heap, (bytes) => bytes.fill(1, bytes.length - 20));
    utimesSync(heap, atime, mtime);
    const out = join(temporaryDirectory(), 'out');
    const refused = tubthump(['encrypt', '--key', keyFile(), images, out]);
    expect(refused.stderr).toMatch(/heap\.img is not as it was made.*ERR_TUBTHUMP_IMAGE_INVALID/);
    expect(refused.status).toBe(65);
    expect(readdirSync(join(out, '..'))).toEqual([]);
  });
});

describe('an encrypted image that does not fit into memory', () => {
  /** In a mount namespace of its own, where /proc says that 1 MB is free. */
  function withoutMemory(args: readonly string[]) {
    const meminfo = join(temporaryDirectory(), 'meminfo');
    writeFileSync(meminfo, 'MemTotal: 2048 kB\nMemAvailable: 1024 kB\n');
    const script = 'mount --bind "$0" /proc/meminfo && exec "$@"';
    const env = { ...process.env, SECRET_WORD: secretWord() };
    return collect(
      adopt(spawn('unshare', ['-m', 'sh', '-c', script, meminfo, LAUNCHER, ...args], { env })),
    );
  }

  it('is not restored, and says how much it takes', async () => {
    const key = keyFile();
    const { images } = imageOfKeeper(secretWord(), ['--encrypt', key]);
    const copy = withoutMemory(['restore', '--key', key, images]);
    await waitForOutput(
      copy,
      /the image takes \d+ MB when it is decrypted, and 1 MB of memory are free \(ERR_TUBTHUMP_NO_MEMORY\)/,
    );
  });

  it.runIf(hasCgroup('memory'))('is not restored in a cgroup without room for it', () => {
    const key = keyFile();
    const { images } = imageOfKeeper(secretWord(), ['--encrypt', key]);
    const limits = ['memory.limit_in_bytes', 'memory.max'];
    const [program = '', ...words] = limited('memory', limits, 12 << 20);
    const args = [...words, LAUNCHER, 'restore', '--key', key, images];
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    expect(stderr).toMatch(/and \d+ MB of memory are free \(ERR_TUBTHUMP_NO_MEMORY\)/);
    expect(status).toBe(71);
  });

  it('is not made, and the service goes on', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = withoutMemory(['run', '--', process.execPath, KEEPER]);
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    const { pid } = await get(port);
    await expect(askCheckpoint(pid, { images, encrypt: keyFile() })).rejects.toMatchObject({
      message: expect.stringContaining('No space left on device'),
    });
    expect(existsSync(images)).toBe(false);
    expect((await get(port)).requests).toBe(2);
    await end(service.child);
  });
});

describe('a restore that is killed', () => {
  it('takes the program with it that was to print the key', async () => {
    const { images } = imageOfKeeper(secretWord(), ['--encrypt', keyFile()]);
    const before = readdirSync(images);
    const directory = temporaryDirectory();
    const [program, started] = [join(directory, 'print-key'), join(directory, 'pid')];
    writeFileSync(
      program,
      `#!/bin/sh\necho $$ > ${started}.new\nmv ${started}.new ${started}\nexec sleep 600\n`,
    );
    chmodSync(program, 0o700);
    const restore = launch(['restore', '--key-command', program, images]);
    await until(() => existsSync(started));
    const pid = Number(readFileSync(started, 'utf8'));
    await end(restore.child, 'SIGKILL');
    await until(() => !existsSync(`/proc/${pid}`));
    expect(readdirSync(images)).toEqual(before);
  });
});

describe('a checkpoint without a key that can be used', () => {
  it('is refused before anything is started', () => {
    const key = keyFile();
    chmodSync(key, 0o604);
    const images = join(temporaryDirectory(), 'image');
    const args = ['checkpoint', '--images', images, '--encrypt', key, '--', 'touch', `${images}-x`];
    const refused = tubthump(args);
    expect(refused.stderr).toContain('ERR_TUBTHUMP_KEY');
    expect(refused.status).toBe(64);
    expect(existsSync(`${images}-x`)).toBe(false);
  });

  it('is refused before anything is dumped, and the service goes on', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([process.execPath, KEEPER], [], {
      SECRET_WORD: secretWord(),
    });
    await expect(
      askCheckpoint(service.pid, { images, encryptCommand: 'false' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('ended with status 1') });
    expect(existsSync(images)).toBe(false);
    expect((await get(service.port)).pid).toBe(service.pid);
    await end(service.child);
  });
});
