import { existsSync } from 'node:fs';
import { ok, warning } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

export const processIds: ImageCheck = {
  name: 'process ids',
  async examine({ manifest }) {
    const taken = manifest.tasks.find((id) => existsSync(`/proc/${id}`));
    if (taken === undefined) return ok(`all ${manifest.tasks.length} are free now`);
    return warning(
      `${taken} is taken now, perhaps by a copy`,
      'End that process, or restore in a pid namespace of its own.',
    );
  },
};
