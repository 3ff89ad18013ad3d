import { cpus } from 'node:os';
import { failure, ok } from '../../doctor/check.js';
import { callNative } from '../../native/load.js';
import type { ImageCheck } from '../check.js';

export const processor: ImageCheck = {
  name: 'processor',
  async examine({ manifest }) {
    const ours = new Set(callNative((addon) => addon.cpuFeatures()));
    const missing = manifest.cpuFeatures.filter((feature) => !ours.has(feature));
    if (missing.length > 0) {
      return failure(
        `this one lacks ${missing.join(', ')}`,
        'Make the image on the oldest processor that is to run it.',
      );
    }
    return ok(`${cpus()[0]?.model} has all ${manifest.cpuFeatures.length} features`);
  },
};
