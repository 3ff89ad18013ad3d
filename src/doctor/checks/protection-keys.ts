import { type Check, ok, warning } from '../check.js';
import { installedNodes } from '../installed-nodes.js';

/** CRIU does not save protection keys, and V8 of Node 20 guards its wasm code with them. */
export const protectionKeys: Check = {
  name: 'protection keys',
  async examine(host) {
    if (!/^flags\s*:.*\bospke\b/m.test(host.read('/proc/cpuinfo') ?? '')) return ok('not in use');
    const nodes = await installedNodes(host);
    const affected = nodes.filter(({ version }) => version.startsWith('20.'));
    if (affected.length === 0) return ok('in use, and no Node found that relies on them');
    return warning(
      'in use: a restored Node 20 aborts when it compiles wasm, as its fetch does',
      'Start services by `tubthump run`, or with node --no-wasm-memory-protection-keys, or use Node >= 22.',
    );
  },
};
