import { resolve } from 'node:path';
import { withBase } from './base.js';
import { type PackResult, perform } from './operation.js';
import { checkOptions, defaultJobs, UNPACK_CHECKS, type UnpackOptions } from './options.js';

/**
 * Brings an image out of a pack. Every byte has been held against its checksum when the directory
 * appears. Any number of calls at the same time.
 * @param file the pack
 * @param images directory of the image; nothing, or an empty directory, is there yet
 * @throws TubthumpError ERR_TUBTHUMP_OPTIONS, ERR_TUBTHUMP_PACK_INVALID, _PACK_BASE, _PACK_ABORTED,
 *   ERR_TUBTHUMP_IMAGE_MISSING (there is no pack), _UNTRUSTED, _PUBLISH; ERR_TUBTHUMP_USAGE for the key
 */
export async function unpack(
  file: string,
  images: string,
  options: UnpackOptions = {},
): Promise<PackResult> {
  checkOptions({ 'the pack': file, 'the image': images }, options, UNPACK_CHECKS);
  const { base, requireSignature, jobs = defaultJobs() } = options;
  const target = resolve(images);
  const key = requireSignature === undefined ? '' : resolve(requireSignature);
  return await withBase(base, target, options, (directory) =>
    perform((addon) => addon.unpack(resolve(file), target, directory, key, jobs), options),
  );
}
