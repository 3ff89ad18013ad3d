import { stat } from 'node:fs/promises';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

/** Files outside the image that were open or mapped: CRIU wants them with the same size and mode. */
export const surroundings: ImageCheck = {
  name: 'surroundings',
  async examine({ opened }) {
    let count = 0;
    for (const { reg } of opened) {
      // What restore hands over, or CRIU makes anew, is not expected to be there.
      if (!reg || reg.ext || reg.name.startsWith('/tubthump/') || / \(deleted\)$/.test(reg.name))
        continue;
      const info = await stat(reg.name).catch(() => undefined);
      if (!info) return failure(`${reg.name} is missing`, `Put ${reg.name} where it was.`);
      if (reg.mode !== undefined && info.mode !== reg.mode) {
        const [now, then] = [info.mode, reg.mode].map((mode) => (mode & 0o7777).toString(8));
        return failure(`${reg.name} has mode ${now}, not ${then}`, `chmod ${then} ${reg.name}`);
      }
      if (info.isFile() && reg.size !== undefined && BigInt(info.size) !== reg.size) {
        return failure(
          `${reg.name} has ${info.size} bytes, not ${reg.size}`,
          'Bring the old version back, or make the image again here.',
        );
      }
      count++;
    }
    return ok(`${count} files and directories are as they were`);
  },
};
