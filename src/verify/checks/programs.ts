import { failure, ok } from '../../doctor/check.js';
import { buildIdOf } from '../build-id.js';
import type { ImageCheck } from '../check.js';

/** Node and its shared libraries: the code that the image points into has to be the same. */
export const programs: ImageCheck = {
  name: 'programs',
  async examine({ opened }) {
    const wanted = opened.flatMap(({ reg }) =>
      reg?.build_id.length ? [{ path: reg.name, id: hexOf(reg.build_id) }] : [],
    );
    for (const { path, id } of wanted) {
      const found = await buildIdOf(path).catch(() => null);
      const remedy = 'Install the same version of it, or make the image again here.';
      if (found === null) return failure(`${path} is missing`, remedy);
      if (found !== id) return failure(`${path} is another build than at the dump`, remedy);
    }
    return ok(`${wanted.length} have the build ids that they had`);
  },
};

/** CRIU keeps the bytes four to a number, the first one lowest. */
function hexOf(words: readonly number[]): string {
  return Buffer.from(Uint32Array.from(words).buffer).toString('hex');
}
