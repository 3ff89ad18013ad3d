import { callNative } from '../native/load.js';
import type { Response } from './codec.js';

export interface DumpResult {
  /** True in a copy of a process that dumped itself. */
  readonly restored: boolean;
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

export function restoreResult(pid: number, ours: boolean): RestoreResult {
  if (!ours) return { pid };
  return { pid, waitForExit: async () => await callNative((addon) => addon.waitChild(pid)) };
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
