import { findCriu } from '../../criu/find.js';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

export const criu: ImageCheck = {
  name: 'criu',
  async examine({ criu }) {
    const { found, refused } = await findCriu({ criu });
    if (found) return ok(`${found.version} at ${found.path}`);
    const reason = refused.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
    return failure(reason || 'there is none', 'Run `tubthump setup`.');
  },
};
