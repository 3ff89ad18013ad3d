import { type Check, ok, warning } from '../check.js';
import { installedNodes } from '../installed-nodes.js';

// libuv >= 1.51, that is Node >= 22, opens rings for every event loop, and CRIU cannot dump them.
const FIRST_WITH_RINGS = 22;

export const ioUring: Check = {
  name: 'io_uring',
  async examine(host) {
    // 0: for all, 1: for a group only, 2: for nobody. Kernels before 6.6 have no such setting.
    const setting = host.read('/proc/sys/kernel/io_uring_disabled')?.trim();
    if (setting === '2') return ok('disabled for everybody');
    const nodes = await installedNodes(host);
    const affected = nodes.map(({ version }) => version).filter(hasRings);
    if (affected.length === 0) return ok('enabled, and no Node found that uses it');
    return warning(
      `enabled, and Node ${affected.join(', ')} opens rings that CRIU cannot dump`,
      'Start services by `tubthump run` or `tubthump checkpoint`, which block it for them, or sysctl kernel.io_uring_disabled=2.',
    );
  },
};

function hasRings(version: string): boolean {
  return Number.parseInt(version, 10) >= FIRST_WITH_RINGS;
}
