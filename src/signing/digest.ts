import { createHash } from 'node:crypto';
import type { ImageDirectory } from '../images/directory.js';

/** Of one file. BLAKE2b-512, because libsodium, which checks it at restore, has a fast one. */
export interface SignedFile {
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** 128 hexadecimal digits. */
  readonly digest: string;
}

/** @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID when it is no regular file */
export async function digestOf(images: ImageDirectory, name: string): Promise<SignedFile> {
  const file = await images.open(name);
  const hash = createHash('blake2b512');
  let size = 0;
  for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name, size, digest: hash.digest('hex') };
}
