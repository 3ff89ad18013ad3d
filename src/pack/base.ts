import { mkdtemp, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import type { ProgressOptions } from '../progress/progress.js';
import { perform } from './operation.js';
import { defaultJobs } from './options.js';

/**
 * Calls `use` with the directory of the base image, or '' without one. A base that is a pack is
 * unpacked for the time of the call, beside `target`: as much space as the image takes is needed there.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, or as `unpack` and `use`
 */
export async function withBase<T>(
  base: string | undefined,
  target: string,
  options: ProgressOptions & { readonly jobs?: number | undefined },
  use: (directory: string) => Promise<T>,
): Promise<T> {
  if (base === undefined) return use('');
  const path = resolve(base);
  if (await isDirectory(path)) return use(path);
  const parent = await mkdtemp(join(dirname(target), '.tubthump-base-')).catch(refuse);
  try {
    const directory = join(parent, 'image');
    const jobs = options.jobs ?? defaultJobs();
    await perform((addon) => addon.unpack(path, directory, '', '', jobs), options);
    return await use(directory);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    const message = `no base at ${path}: ${(cause as Error).message}`;
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_MISSING', message, { cause });
  }
}

function refuse(cause: Error): never {
  const message = `no place to unpack the base: ${cause.message}`;
  throw new TubthumpError('ERR_TUBTHUMP_IMAGE_PUBLISH', message, { cause });
}
