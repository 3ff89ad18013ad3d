import type { DumpStatistics, RestoreStatistics } from '../images/statistics.js';
import { callNative } from '../native/load.js';
import type { Response } from './codec.js';
import type { Control } from './options/control.js';

export interface DumpResult {
  /** True in a copy of a process that dumped itself. */
  readonly restored: boolean;
  /** Absent where CRIU could not write them. */
  readonly statistics?: DumpStatistics;
}

export interface PreDumpResult {
  readonly statistics?: DumpStatistics;
}

export interface Exit {
  /** Exit status, or 0 when a signal ended it. */
  readonly status: number;
  /** Number of the signal, or 0. */
  readonly signal: number;
}

export interface RestoreResult {
  /** Root of the restored tree, in our pid namespace. */
  readonly pid: number;
  /** Absent where CRIU could not write them, as into a directory that is read-only. */
  readonly statistics?: RestoreStatistics;
  /**
   * With `rstSibling`: waits for the end of the copy and reaps it. Call it once; without it the copy
   * stays a zombie until this process ends.
   */
  waitForExit?(): Promise<Exit>;
}

export interface CriuVersion {
  readonly major: number;
  readonly minor: number;
  readonly sublevel: number;
  readonly gitId?: string;
  readonly name?: string;
}

export interface CriuFeatures {
  /** Soft-dirty tracking, for pre-dumps. */
  readonly memTrack: boolean;
  /** userfaultfd with non-cooperative events, for lazy restores. */
  readonly lazyPages: boolean;
  readonly pidfdStore: boolean;
}

export function restoreResult(
  pid: number,
  ours: boolean,
  statistics: RestoreStatistics | undefined,
): RestoreResult {
  const result = { pid, ...(statistics && { statistics }) };
  if (!ours) return result;
  return { ...result, waitForExit: async () => await callNative((addon) => addon.waitChild(pid)) };
}

export function versionOf({ version }: Response): CriuVersion {
  return {
    major: version?.majorNumber ?? 0,
    minor: version?.minorNumber ?? 0,
    sublevel: version?.sublevel ?? 0,
    ...(version?.gitid && { gitId: version.gitid }),
    ...(version?.name && { name: version.name }),
  };
}

export function featuresOf({ features }: Response): CriuFeatures {
  return {
    memTrack: features?.memTrack ?? false,
    lazyPages: features?.lazyPages ?? false,
    pidfdStore: features?.pidfdStore ?? false,
  };
}

export interface PageServer {
  /** Where it listens. */
  readonly port: number;
}

export interface PageServerChild extends PageServer {
  readonly pid: number;
  /**
   * Waits until it has served its one connection, or was killed. Call it once.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED when it did not get all of the pages, ERR_TUBTHUMP_RPC_…
   */
  wait(control?: Control): Promise<void>;
  /** Gives up waiting; the server goes on by itself. */
  close(): void;
}
