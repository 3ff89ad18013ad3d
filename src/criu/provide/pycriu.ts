import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CriuCache } from '../cache.js';
import type { Progress } from './provide.js';
import { publishDirectory } from './publish.js';
import { unpack } from './unpack.js';
import { withWorkshop } from './workshop.js';

/**
 * Fetches CRIU's own decoder of image files (crit's library, for Python): the tests compare ours
 * with it.
 *
 * @returns the directory for PYTHONPATH, `cache.pycriu`
 * @throws ERR_TUBTHUMP_PLATFORM, ERR_TUBTHUMP_SETUP_…
 */
export function providePycriu(cache: CriuCache, progress: Progress): Promise<string> {
  return withWorkshop(cache, async ({ directory, apt }) => {
    if (existsSync(cache.pycriu)) return cache.pycriu;
    progress('downloading pycriu');
    await apt.update();
    const into = join(directory, 'pycriu');
    await unpack(await apt.download(['python3-pycriu', 'python3-protobuf']), into);
    const finished = join(cache.root, `pycriu.${process.pid}`);
    cpSync(join(into, 'usr/lib/python3/dist-packages'), finished, { recursive: true });
    publishDirectory(finished, cache.pycriu);
    return cache.pycriu;
  });
}
