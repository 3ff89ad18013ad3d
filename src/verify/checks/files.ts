import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, ok } from '../../doctor/check.js';
import { loadAddon } from '../../native/load.js';
import type { ImageCheck } from '../check.js';

const AGAIN = 'The image is damaged: copy it again, or make it again.';

/** How many have their checksums, or why they have not. Who owns them is another check. */
async function compare(directory: string): Promise<number | string> {
  try {
    return await loadAddon().checkBytes(directory);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === 'ERR_TUBTHUMP_IMAGE_UNTRUSTED' ? 0 : message;
  }
}

export const files: ImageCheck = {
  name: 'files',
  async examine({ images, manifest }) {
    for (const { name, size } of manifest.files) {
      const info = await lstat(join(images.path, name)).catch(() => undefined);
      if (!info) return failure(`${name} is missing`, AGAIN);
      if (!info.isFile()) return failure(`${name} is no regular file`, AGAIN);
      if (info.size !== size) return failure(`${name} has ${info.size} bytes, not ${size}`, AGAIN);
    }
    const compared = await compare(images.path);
    if (typeof compared === 'string') return failure(compared, AGAIN);
    const all = manifest.files.length;
    return ok(
      `all ${all} are there in full, ${compared === all ? 'all' : compared} with their checksums`,
    );
  },
};
