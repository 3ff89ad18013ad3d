import { resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import { ImageDirectory } from '../images/directory.js';
import { readPublicManifest } from '../images/manifest.js';
import { Staging } from '../images/staging.js';
import type { ProgressOptions } from '../progress/progress.js';
import { invalid } from './error.js';
import { follow } from './following.js';
import { Layout } from './layout.js';
import type { Reference } from './reference.js';
import { readStack } from './stack.js';
import { unpack } from './unpack.js';

export interface Imported {
  /** The image id of its manifest. */
  readonly id: string;
  readonly files: number;
  /** How many layers were read. */
  readonly layers: number;
}

/**
 * Makes an image directory of an image in an OCI image layout: the same files, bytes and modes, pages
 * of zeroes as holes. Every layer that is read is held against its digests, and the image appears
 * under its name when all of it is there, or not at all.
 *
 * Layers are read in pieces; takes some 30 bytes of memory for each stretch of pages.
 *
 * @param target missing, or an empty directory
 * @throws TubthumpError ERR_TUBTHUMP_OCI_NOT_FOUND, ERR_TUBTHUMP_OCI_INVALID,
 * ERR_TUBTHUMP_OCI_UNSUPPORTED, ERR_TUBTHUMP_IMAGE_INVALID, ERR_TUBTHUMP_IMAGE_PUBLISH; the reason of
 * the signal
 */
export async function importImage(
  { layout: path, tag }: Reference,
  target: string,
  options: ProgressOptions = {},
): Promise<Imported> {
  const layout = await Layout.open(path);
  const { layers } = await readStack(layout, tag);
  const staging = await Staging.create(resolve(target));
  try {
    const { contents, read } = await unpack(layout, layers, staging.path, follow(options));
    const id = await idOf(staging.path);
    // Never what others can write: a restore would refuse it.
    await staging.publish(new Map(contents.files.map(({ name, mode }) => [name, mode & 0o755])));
    return { id, files: contents.files.length, layers: read };
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (TubthumpError.is(cause)) throw cause;
    const message = `${target} cannot hold the image: ${(cause as Error).message}`;
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_PUBLISH', message, { cause });
  } finally {
    await staging.discard();
  }
}

/** Also finds out whether the files are those that its manifest names. */
async function idOf(directory: string): Promise<string> {
  const images = new ImageDirectory(directory);
  const { id, files } = await readPublicManifest(images);
  const present = new Set(await images.names());
  const missing = files.find(({ name }) => !present.has(name));
  if (missing) throw invalid(`${missing.name}, which the image needs, is in no layer`);
  return id;
}
