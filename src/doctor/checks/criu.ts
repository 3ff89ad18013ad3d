import { type Check, failure, ok } from '../check.js';

export const criu: Check = {
  name: 'CRIU',
  async examine(host) {
    const { found, refused } = await host.criu();
    const reasons = refused.map(({ path, reason }) => `${path}: ${reason}`);
    if (found) {
      const { version, path, source, probe } = found;
      const times = `dumped in ${probe.dumpMs} ms, restored in ${probe.restoreMs} ms`;
      const passedOver = reasons.length > 0 ? `; passed over ${reasons.join('; ')}` : '';
      return ok(`${version} at ${path} (${source}), ${times}${passedOver}`);
    }
    if (reasons.length === 0) return failure('none found', 'Run `tubthump setup`.');
    return failure(reasons.join('; '), remedyFor(host.facts.user));
  },
};

function remedyFor(user: number): string {
  if (user !== 0)
    return 'Run as root; without it, CRIU needs file capabilities (see capabilities).';
  return 'Run `tubthump setup`; if that fails too, the lines below say what this machine lacks.';
}
