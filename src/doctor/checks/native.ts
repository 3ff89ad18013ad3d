import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, failure, ok } from '../check.js';

const PARTS = { launcher: 'build/Release/tubthump', addon: 'build/Release/tubthump.node' };

export const native: Check = {
  name: 'native code',
  examine({ facts: { packageRoot } }) {
    const missing = Object.entries(PARTS)
      .filter(([, path]) => !existsSync(join(packageRoot, path)))
      .map(([part, path]) => `${part} (${path})`);
    if (missing.length === 0) return ok('launcher and addon are built');
    return failure(`not built: ${missing.join(', ')}`, 'Run `npm run build:native`.');
  },
};
