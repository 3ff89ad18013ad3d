import { type Check, type Finding, ok, warning } from '../check.js';
import type { Host } from '../host.js';

const CACHE = '/run/criu.kdat';

/** CRIU stores what it learned about the kernel only on tmpfs, but reads it from any filesystem. */
export const kdat: Check = {
  name: 'kernel cache',
  examine(host) {
    if (filesystemOf('/run', host) === 'tmpfs') return onTmpfs(host);
    if (host.read(CACHE)) return ok(`${CACHE} was seeded`);
    return warning(
      '/run is not tmpfs: a plain CRIU probes the kernel at every call (17 to 50 ms)',
      '`tubthump restore` takes care of it; for other uses of CRIU: mount -t tmpfs tmpfs /run early, or docker run --tmpfs /run.',
    );
  },
};

/** An interrupted CRIU leaves an unfinished cache, which keeps all later ones from saving theirs. */
function onTmpfs(host: Host): Finding {
  const isStuck = host.has(`${CACHE}.tmp`) && !host.has(CACHE);
  if (!isStuck) return ok('/run is tmpfs, so CRIU keeps its cache');
  return warning(`${CACHE}.tmp keeps CRIU from saving its cache`, `rm ${CACHE}.tmp`);
}

/** Type of the filesystem that was mounted last on the deepest directory above. */
function filesystemOf(path: string, host: Host): string | undefined {
  const mounts = (host.read('/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' '));
  const above = mounts.filter(([, on]) => on && (on === '/' || `${path}/`.startsWith(`${on}/`)));
  const depth = Math.max(...above.map(([, on]) => on?.length ?? 0));
  return above.filter(([, on]) => on?.length === depth).at(-1)?.[2];
}
