import { release } from 'node:os';
import { ok, warning } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

/** CRIU restores on newer kernels as a rule; on older ones what the image uses may be missing. */
export const kernel: ImageCheck = {
  name: 'kernel',
  async examine({ manifest }) {
    if (series(manifest.kernel) === series(release())) return ok(release());
    return warning(
      `made on ${manifest.kernel}, this is ${release()}`,
      'Restore once as a test; make the image again here if that fails.',
    );
  },
};

/** 6.18 of 6.18.44-amd64. */
function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
