import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ImageDirectory } from '../../src/images/directory.js';
import { encodeImage } from '../../src/images/image-file.js';
import { type ImageKind, kindOf } from '../../src/images/kinds.js';
import type { PstreeEntry } from '../../src/images/messages.js';
import { temporaryDirectory } from '../integration/harness.js';

const HEADER = new Uint8Array(Uint32Array.from([0x54564319, 0x50273030]).buffer);

it.each([
  ['is missing', () => {}, /pstree\.img cannot be opened: ENOENT/],
  ['is a link', (file: string) => symlinkSync('/etc/passwd', file), /ELOOP/],
  ['is a directory', (file: string) => mkdirSync(file), /is no regular file/],
  ['is a FIFO that nobody writes to', (file: string) => fifo(file), /is no regular file/],
  ['is a device', (file: string) => device(file), /is no regular file/],
  ['is huge', (file: string) => huge(file), /has 1099511627776 bytes: too many/],
])('an image file that %s is refused at once', async (_, make, message) => {
  const directory = temporaryDirectory();
  make(join(directory, 'pstree.img'));
  await expect(new ImageDirectory(directory).messages('pstree.img')).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_IMAGE_INVALID',
    message: expect.stringMatching(message),
  });
});

it('a file that holds more or less than the one message that belongs there is refused', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'pstree.img'), HEADER);
  const images = new ImageDirectory(directory);
  expect(await images.messages('pstree.img')).toEqual([]);
  await expect(images.message('pstree.img')).rejects.toThrow('exactly one message');
});

it('a file of an unknown kind is not decoded', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'netdev-1.img'), HEADER);
  await expect(new ImageDirectory(directory).messages('netdev-1.img')).rejects.toThrow(
    'no image file that is known here',
  );
});

it('processes that are their own parents are told as they are: nobody follows them', async () => {
  const directory = temporaryDirectory();
  const entry = (pid: number, ppid: number) => ({
    message: { pid, ppid, pgid: 1, sid: 1, threads: [pid] },
  });
  const kind = kindOf('pstree.img') as ImageKind;
  const tree = [entry(1, 1), entry(2, 3), entry(3, 2)];
  writeFileSync(join(directory, 'pstree.img'), encodeImage(kind, tree));
  const images = new ImageDirectory(directory);
  const found = await images.messages<PstreeEntry>('pstree.img');
  expect(found.map(({ pid, ppid }) => [pid, ppid])).toEqual([
    [1, 1],
    [2, 3],
    [3, 2],
  ]);
});

it('a directory that is not there is a missing image', async () => {
  await expect(new ImageDirectory('/nowhere').names()).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_IMAGE_MISSING',
  });
});

function fifo(file: string): void {
  execFileSync('mkfifo', [file]);
}

function device(file: string): void {
  execFileSync('mknod', [file, 'c', '1', '5']);
}

/** Nothing but a hole. */
function huge(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, 2 ** 40);
}
