import { resolve } from 'node:path';
import { withBase } from './base.js';
import { type PackResult, perform } from './operation.js';
import { checkOptions, defaultJobs, PACK_CHECKS, type PackOptions } from './options.js';

/**
 * Packs an image into one file: docs/packs.md. The same content, level and version of tubthump give
 * the same bytes. Any number of calls at the same time; the image may be in use.
 * @param images directory of the image
 * @param file the pack; nothing is there yet. It appears, mode 0400, when it is complete
 * @throws TubthumpError ERR_TUBTHUMP_OPTIONS, ERR_TUBTHUMP_IMAGE_MISSING, _INVALID, _MISMATCH,
 *   _UNTRUSTED (others can have written it), _PUBLISH, ERR_TUBTHUMP_PACK_ABORTED
 */
export async function pack(
  images: string,
  file: string,
  options: PackOptions = {},
): Promise<PackResult> {
  checkOptions({ 'the image': images, 'the pack': file }, options, PACK_CHECKS);
  const { level = 3, jobs = defaultJobs(), base } = options;
  const target = resolve(file);
  return await withBase(base, target, options, (directory) =>
    perform((addon) => addon.pack(resolve(images), target, directory, level, jobs), options),
  );
}
