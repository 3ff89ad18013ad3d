import { existsSync } from 'node:fs';
import { restoreBinaryOf } from '../../criu/provide/restore-binary.js';
import { type Check, ok, warning } from '../check.js';

/** CRIU starts at every restore; most of that is loading libraries which a restore does not need. */
export const restoreBinary: Check = {
  name: 'CRIU for restores',
  async examine(host) {
    const { found } = await host.criu();
    if (!found) return ok('no CRIU, see there');
    const path = restoreBinaryOf(found.path);
    if (existsSync(path)) return ok(`${path}, which loads libraries when it needs them`);
    if (found.source !== 'private prefix') return ok(`${found.path}, as it is`);
    return warning(
      `${found.path} with all its libraries: a restore takes 1 ms longer`,
      'Run `tubthump setup`: it makes one, or says why it cannot.',
    );
  },
};
