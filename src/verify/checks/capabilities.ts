import { readFileSync } from 'node:fs';
import { capabilityNames } from '../../doctor/capabilities.js';
import { failure, ok } from '../../doctor/check.js';
import type { ImageCheck } from '../check.js';

/** A copy gets what the service had, and nobody can give away what they have not. */
export const capabilities: ImageCheck = {
  name: 'capabilities',
  async examine({ manifest }) {
    const status = readFileSync('/proc/self/status', 'utf8');
    const ours = capabilityNames(/^CapBnd:\s*(\w+)$/m.exec(status)?.[1] ?? '0');
    const missing = [...capabilityNames(manifest.capabilities)].filter((name) => !ours.has(name));
    if (missing.length === 0) return ok('all that the service had can be given');
    return failure(
      `the copy needs ${missing.join(', ')}`,
      'Add them to the container, or make the image with fewer.',
    );
  },
};
