import type { FileHandle } from 'node:fs/promises';
import type { ImageDirectory } from '../images/directory.js';
import { invalid } from './error.js';

/** A multiple of the page size, so that only the last piece ends within a page. */
const PIECE = 1 << 20;

/** In bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Some bytes of a file, in pieces of 1 MB at most. Holes are zeroes.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID, ERR_TUBTHUMP_OCI_INVALID when it ends early
 */
export async function* piecesOf(
  images: ImageDirectory,
  name: string,
  ranges: Iterable<Range>,
): AsyncGenerator<Buffer> {
  const file = await images.open(name);
  try {
    for (const { start, end } of ranges)
      for (let at = start; at < end; ) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE, end - at));
        await fill(piece, file, at);
        yield piece;
        at += piece.length;
      }
  } finally {
    await file.close();
  }
}

async function fill(piece: Buffer, file: FileHandle, position: number): Promise<void> {
  for (let filled = 0; filled < piece.length; ) {
    const left = piece.length - filled;
    const { bytesRead } = await file.read(piece, filled, left, position + filled);
    if (bytesRead === 0) throw invalid('a file of the image became shorter while it was read');
    filled += bytesRead;
  }
}
