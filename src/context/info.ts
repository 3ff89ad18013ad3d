/** What a hook is told before the dump. Frozen. */
export interface CheckpointInfo {
  readonly reason: 'checkpoint';
  /** Absolute path of the image directory that is to appear. */
  readonly images: string;
  /** Whether this process goes on after the dump. */
  readonly leaveRunning: boolean;
  /** 'map', 'stream', 'eager', 'pause' or 'simulate'. */
  readonly engine: string;
}

/** Names of environment variables that are other than before. Values are in process.env. */
export interface EnvironmentChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

interface Wakening {
  /** How many restores lie behind this state: 0 in a process that never was restored. */
  readonly generation: number;
  /** Wall clock, ms since the epoch: of the dump, or of the start of an attempt that failed. */
  readonly checkpointedAt: number;
  /** Wall clock from checkpointedAt to now, in ms. */
  readonly downtimeMs: number;
  readonly environment: EnvironmentChange;
  /** Arguments given to this restore; empty: unchanged. */
  readonly args: readonly string[];
}

/** What distinguishes a copy from those beside it, to others. */
export interface CopyPlace {
  /** Among the copies that were made together, from 1 on. */
  readonly number: number;
  /** Its pid to others; a clone's own `process.pid` is that of the image. */
  readonly pid: number;
  readonly hostname: string;
  /** File that its stdout and stderr were sent to by `clone --log`. */
  readonly log: string | null;
}

/** This is a copy, woken from the image. */
export interface RestoredInfo extends Wakening {
  readonly reason: 'restored';
  readonly imageId: string;
  /** Random UUID, another one for every copy. */
  readonly cloneId: string;
  readonly copy: CopyPlace;
}

/** The image is made, and the original goes on. */
export interface ResumedInfo extends Wakening {
  readonly reason: 'resumed';
  readonly imageId: string;
  readonly cloneId: null;
}

/** No image was made, and the service goes on. */
export interface AbortedInfo extends Wakening {
  readonly reason: 'aborted';
  readonly imageId: null;
  readonly cloneId: null;
}

/** What a hook is told after. Frozen. */
export type RestoreInfo = RestoredInfo | ResumedInfo | AbortedInfo;
