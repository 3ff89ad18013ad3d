import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

/** As native/core/image/ownership.h: a restore refuses the same. */
export const ownership: ImageCheck = {
  name: 'ownership',
  async examine({ stored, manifest }) {
    const names = ['.', 'manifest.json', ...manifest.files.map(({ name }) => name)];
    for (const name of names) {
      const path = join(stored.path, name);
      const { uid, mode } = await lstat(path);
      if (uid !== 0 && uid !== process.geteuid?.()) {
        return failure(`${path} belongs to user ${uid}`, `chown -R root ${stored.path}`);
      }
      if (mode & 0o022) {
        return failure(`${path} can be written by others`, `chmod -R go-w ${stored.path}`);
      }
    }
    return ok('nobody else can have written the image');
  },
};
