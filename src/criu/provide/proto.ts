import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CriuCache } from '../cache.js';
import type { Progress } from './provide.js';
import { publishFile } from './publish.js';
import { unpack } from './unpack.js';
import { withWorkshop } from './workshop.js';

/**
 * Fetches CRIU's own protocol definition out of Debian's libcriu-dev: the tests compare ours with it. With
 * `again`, a file that is there is replaced.
 *
 * @returns its path, `cache.proto`
 * @throws ERR_TUBTHUMP_PLATFORM, ERR_TUBTHUMP_SETUP_…
 */
export function provideProto(
  cache: CriuCache,
  progress: Progress,
  { again = false } = {},
): Promise<string> {
  return withWorkshop(cache, async ({ directory, apt }) => {
    if (!again && existsSync(cache.proto)) return cache.proto;
    progress("downloading libcriu-dev's rpc.proto");
    await apt.update();
    const into = join(directory, 'libcriu-dev');
    await unpack(await apt.download(['libcriu-dev']), into);
    publishFile(cache.proto, readFileSync(join(into, 'usr/include/criu/rpc.proto')));
    return cache.proto;
  });
}
