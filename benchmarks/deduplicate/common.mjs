// @ts-check
// What two images have in common, found in several ways.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4096;
const ZEROES = Buffer.alloc(PAGE);

/**
 * All pages of all files of an image that are not zero, one after the other. The last one of a file
 * is filled up with zeroes.
 *
 * @param {string} images
 */
export function dataOf(images) {
  const pages = [];
  for (const name of readdirSync(images).sort()) {
    const bytes = readFileSync(join(images, name));
    for (let at = 0; at < bytes.length; at += PAGE) {
      const page = bytes.subarray(at, at + PAGE);
      if (page.length < PAGE) pages.push(page, ZEROES.subarray(page.length));
      else if (!page.equals(ZEROES)) pages.push(page);
    }
  }
  return Buffer.concat(pages);
}

/**
 * Bytes of `after` in pages that `before` has, too.
 *
 * @param {Buffer} before
 * @param {Buffer} after
 */
export function commonPages(before, after) {
  return common(pagesOf(before), pagesOf(after));
}

/**
 * The same in pieces whose borders are where their content says: 2^bits bytes on average.
 *
 * @param {Buffer} before
 * @param {Buffer} after
 * @param {number} bits
 */
export function commonChunks(before, after, bits) {
  return common(chunksOf(before, bits), chunksOf(after, bits));
}

/**
 * Bytes of a zstd frame of `after` that refers to all of `before`; undefined without zstd(1).
 *
 * @param {Buffer} before
 * @param {Buffer} after
 * @param {string} scratch
 */
export function patchSize(before, after, scratch) {
  const files = ['before', 'after', 'patch'].map((name) => join(scratch, name));
  const [from = '', to = '', patch = ''] = files;
  writeFileSync(from, before);
  writeFileSync(to, after);
  const { status } = spawnSync('zstd', [
    '-3',
    '--long=31',
    `--patch-from=${from}`,
    to,
    '-fo',
    patch,
  ]);
  const size = status === 0 ? statSync(patch).size : undefined;
  for (const file of files) rmSync(file, { force: true });
  return size;
}

/** @param {Iterable<Buffer>} before @param {Iterable<Buffer>} after */
function common(before, after) {
  const known = new Set([...before].map(digest));
  let bytes = 0;
  for (const piece of after) if (known.has(digest(piece))) bytes += piece.length;
  return bytes;
}

/** @param {Buffer} piece */
function digest(piece) {
  return createHash('sha1').update(piece).digest('base64');
}

/** @param {Buffer} bytes */
function* pagesOf(bytes) {
  for (let at = 0; at < bytes.length; at += PAGE) yield bytes.subarray(at, at + PAGE);
}

/** Random numbers, the same at each run. */
const GEAR = Int32Array.from({ length: 256 }, (_, byte) =>
  createHash('sha1').update(String(byte)).digest().readInt32LE(),
);

/**
 * FastCDC in its simplest form: a gear hash over the last 32 bytes, a border where its upper bits
 * are zero.
 *
 * @param {Buffer} bytes
 * @param {number} bits
 */
function* chunksOf(bytes, bits) {
  const [least, most] = [1 << (bits - 2), 1 << (bits + 2)];
  let hash = 0;
  for (let at = 0, start = 0; at < bytes.length; at++) {
    hash = ((hash << 1) + /** @type {number} */ (GEAR[/** @type {number} */ (bytes[at])])) | 0;
    const size = at + 1 - start;
    const isBorder = size >= least && hash >>> (32 - bits) === 0;
    if (!isBorder && size < most && at + 1 < bytes.length) continue;
    yield bytes.subarray(start, at + 1);
    start = at + 1;
    hash = 0;
  }
}
