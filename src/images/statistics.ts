import { TubthumpError } from '../errors/index.js';
import { decodeImage } from './image-file.js';
import { kindOf } from './kinds.js';

/** What CRIU measured of a dump. Times in microseconds, sizes in pages of 4 KiB. */
export interface DumpStatistics {
  /** Until the tree stood still. */
  readonly freezingTime: number;
  /** For which it stood still. */
  readonly frozenTime: number;
  /** Of that, for finding and taking its pages. */
  readonly memdumpTime: number;
  /** For writing or sending them. */
  readonly memwriteTime: number;
  /** For finding the names of watched files. */
  readonly irmapResolve: number;
  readonly pagesScanned: number;
  /** Not changed since the image before: in that one. */
  readonly pagesSkippedParent: number;
  readonly pagesWritten: number;
  /** Left to be served later (`lazyPages`). */
  readonly pagesLazy: number;
  /** Pipes through which they went, and their buffers. */
  readonly pagePipes: number;
  readonly pagePipeBufs: number;
  /** The same for memory shared by several processes. */
  readonly shpagesScanned: number;
  readonly shpagesSkippedParent: number;
  readonly shpagesWritten: number;
}

/** What CRIU measured of a restore. Times in microseconds, sizes in pages of 4 KiB. */
export interface RestoreStatistics {
  /** Compared with those of a parent process, and found to be the same: shared. */
  readonly pagesCompared: number;
  readonly pagesSkippedCow: number;
  /** Until all processes were there. */
  readonly forkingTime: number;
  /** Of the whole restore. */
  readonly restoreTime: number;
  readonly pagesRestored: number;
}

export interface Statistics {
  readonly dump?: DumpStatistics;
  readonly restore?: RestoreStatistics;
}

/**
 * Decodes CRIU's `stats-dump` or `stats-restore`. They are not worth failing for: of a file that is
 * missing, cut short or no such file, nothing is returned.
 */
export function readStatistics(file: Uint8Array | undefined): Statistics {
  const kind = kindOf('stats-dump');
  if (!file || !kind) return {};
  try {
    const [entry] = decodeImage<StatsEntry>('statistics', kind, file);
    return statisticsOf(entry?.message ?? {});
  } catch (error) {
    if (TubthumpError.is(error)) return {};
    throw error;
  }
}

/** Message stats_entry of proto/images/stats.proto. */
interface StatsEntry {
  readonly dump?: Numbers;
  readonly restore?: Numbers;
}
type Numbers = Readonly<Record<string, number | bigint>>;

function statisticsOf({ dump, restore }: StatsEntry): Statistics {
  return {
    ...(dump && { dump: { ...NO_DUMP, ...renamed(dump) } }),
    ...(restore && { restore: { ...NO_RESTORE, ...renamed(restore) } }),
  };
}

/** `pages_written: 5n` becomes `pagesWritten: 5`. */
function renamed(message: Numbers): Record<string, number> {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      Number(value),
    ]),
  );
}

/** What an older CRIU does not count. */
const NO_DUMP: DumpStatistics = {
  ...{ freezingTime: 0, frozenTime: 0, memdumpTime: 0, memwriteTime: 0, irmapResolve: 0 },
  ...{ pagesScanned: 0, pagesSkippedParent: 0, pagesWritten: 0, pagesLazy: 0 },
  ...{ pagePipes: 0, pagePipeBufs: 0 },
  ...{ shpagesScanned: 0, shpagesSkippedParent: 0, shpagesWritten: 0 },
};
const NO_RESTORE: RestoreStatistics = {
  ...{ pagesCompared: 0, pagesSkippedCow: 0, forkingTime: 0, restoreTime: 0, pagesRestored: 0 },
};
