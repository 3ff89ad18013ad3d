import { TubthumpError } from '../errors/index.js';
import type { ImageDirectory } from '../images/directory.js';
import type { Manifest } from '../images/manifest.js';
import { readStatistics } from '../images/statistics.js';

const DUMP_STATISTICS = 'stats-dump';

/** The checkpoint: hooks, the runtime's own steps, then the dump, frozen from its start to its end. */
export interface Timings {
  readonly hooksMs?: number;
  readonly quiesceMs?: number;
  readonly bakeMs?: number;
  readonly freezingMs: number;
  readonly frozenMs: number;
  readonly memoryMs: number;
  readonly writingMs: number;
  readonly pagesScanned: number;
  readonly pagesWritten: number;
}

/**
 * Absent when CRIU's statistics are gone.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID when they are none
 */
export async function readTimings(
  images: ImageDirectory,
  manifest: Pick<Manifest, 'timings'>,
): Promise<Timings | undefined> {
  if (!(await images.names()).includes(DUMP_STATISTICS)) return undefined;
  const { dump } = readStatistics(await images.read(DUMP_STATISTICS));
  if (!dump) throw new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', `${DUMP_STATISTICS} has none`);
  return {
    ...manifest.timings,
    freezingMs: dump.freezingTime / 1000,
    frozenMs: dump.frozenTime / 1000,
    memoryMs: dump.memdumpTime / 1000,
    writingMs: dump.memwriteTime / 1000,
    pagesScanned: dump.pagesScanned,
    pagesWritten: dump.pagesWritten,
  };
}
