import { findCriu } from '../../criu/find.js';
import { isAtLeast, parseVersion } from '../../criu/version.js';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

/** As native/core/restore/criu_check.h decides it. */
function reads(reader: string, writer: string): boolean {
  const [ours, theirs] = [reader, writer].map((text) => parseVersion(`Version: ${text}`));
  return Boolean(ours && theirs && isAtLeast({ ...ours, patch: 0 }, { ...theirs, patch: 0 }));
}

export const criu: ImageCheck = {
  name: 'criu',
  async examine({ criu, manifest }) {
    const { found, refused } = await findCriu({ criu });
    const writer = manifest.versions.criu;
    if (found && writer !== undefined && !reads(found.version, writer)) {
      const detail = `${found.version} at ${found.path}, and the image was made by ${writer}`;
      return failure(detail, 'Take the same CRIU or a newer one.');
    }
    if (found) return ok(`${found.version} at ${found.path}`);
    const reason = refused.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
    return failure(reason || 'there is none', 'Run `tubthump setup`.');
  },
};
