import protobuf from 'protobufjs/minimal.js';

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

/** Fields of images/stats.proto of CRIU 4.2 by number, from 1. */
const DUMP: readonly (keyof DumpStatistics)[] = [
  ...(['freezingTime', 'frozenTime', 'memdumpTime', 'memwriteTime'] as const),
  ...(['pagesScanned', 'pagesSkippedParent', 'pagesWritten', 'irmapResolve'] as const),
  ...(['pagesLazy', 'pagePipes', 'pagePipeBufs'] as const),
  ...(['shpagesScanned', 'shpagesSkippedParent', 'shpagesWritten'] as const),
];
const RESTORE: readonly (keyof RestoreStatistics)[] = [
  ...(['pagesCompared', 'pagesSkippedCow', 'forkingTime', 'restoreTime', 'pagesRestored'] as const),
];

/** IMG_SERVICE_MAGIC and STATS_MAGIC of criu/include/magic.h, then the size of the message. */
const MAGIC = [0x55105940, 0x57093306];
const HEADER_BYTES = 12;

/**
 * Decodes CRIU's `stats-dump` or `stats-restore`. They are not worth failing for: of a file that is
 * missing, cut short or no such file, nothing is returned.
 */
export function readStatistics(file: Buffer | undefined): Statistics {
  if (!file || file.length < HEADER_BYTES) return {};
  const size = file.readUInt32LE(8);
  if (MAGIC.some((number, index) => file.readUInt32LE(index * 4) !== number)) return {};
  try {
    return entry(protobuf.Reader.create(file.subarray(HEADER_BYTES, HEADER_BYTES + size)));
  } catch {
    return {};
  }
}

/** Message stats_entry. */
function entry(reader: protobuf.Reader): Statistics {
  const statistics: { dump?: DumpStatistics; restore?: RestoreStatistics } = {};
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 0x0a) statistics.dump = numbers(reader, DUMP);
    else if (tag === 0x12) statistics.restore = numbers(reader, RESTORE);
    else reader.skipType(tag & 7);
  }
  return statistics;
}

/** A message with nothing but numbers. */
function numbers<Name extends string>(
  reader: protobuf.Reader,
  names: readonly Name[],
): Record<Name, number> {
  const values = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const name = names[(tag >>> 3) - 1];
    if (name && (tag & 7) === 0) values[name] = Number(reader.uint64());
    else reader.skipType(tag & 7);
  }
  return values;
}
