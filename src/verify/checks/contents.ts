import { ok } from '../../doctor/check.js';
import { kindOf } from '../../images/kinds.js';
import type { PstreeEntry } from '../../images/messages.js';
import { readFiles, readProcess } from '../../images/process.js';
import type { ImageCheck } from '../check.js';

/** Decodes everything that is known here, as CRIU will have to. */
export const contents: ImageCheck = {
  name: 'contents',
  async examine({ images, manifest }) {
    const known = manifest.files.filter(({ name }) => kindOf(name));
    for (const { name } of known) await images.decode(name);
    const opened = await readFiles(images);
    for (const entry of await images.messages<PstreeEntry>('pstree.img')) {
      const { memory } = await readProcess(images, entry, opened);
      await memory.close();
    }
    return ok(`${known.length} image files decoded`);
  },
};
