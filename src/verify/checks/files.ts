import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

const AGAIN = 'The image is damaged: copy it again, or make it again.';

export const files: ImageCheck = {
  name: 'files',
  async examine({ images, manifest }) {
    for (const { name, size } of manifest.files) {
      const info = await lstat(join(images.path, name)).catch(() => undefined);
      if (!info) return failure(`${name} is missing`, AGAIN);
      if (!info.isFile()) return failure(`${name} is no regular file`, AGAIN);
      if (info.size !== size) return failure(`${name} has ${info.size} bytes, not ${size}`, AGAIN);
    }
    return ok(`all ${manifest.files.length} are there in full`);
  },
};
