import type { Context } from './context.js';

/** What a hook is told before the dump. Frozen. */
export interface CheckpointInfo {
  readonly reason: 'checkpoint';
  /** Absolute path of the image directory that is to appear. */
  readonly images: string;
  /** Whether this process goes on after the dump. */
  readonly leaveRunning: boolean;
  /** 'criu', 'pause' or 'simulate'. */
  readonly engine: string;
}

/** Names of environment variables that are other than before. Values are in process.env. */
export interface EnvironmentChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What a hook is told after. Frozen. */
export interface RestoreInfo {
  /**
   * `restored`: this is a copy, woken from the image; `resumed`: the dump is made and the original
   * goes on; `aborted`: no image was made.
   */
  readonly reason: 'restored' | 'resumed' | 'aborted';
  /** null when aborted. */
  readonly imageId: string | null;
  /** How many restores lie behind this state: 0 in a process that never was restored. */
  readonly generation: number;
  /** Random UUID, another one for every copy; null where there is no copy. */
  readonly cloneId: string | null;
  /** Wall clock, ms since the epoch. */
  readonly checkpointedAt: number;
  /** Wall clock from checkpoint to now, in ms. */
  readonly downtimeMs: number;
  readonly environment: EnvironmentChange;
  /** Arguments given to this restore; empty: unchanged. */
  readonly args: readonly string[];
}

/**
 * Something that cannot be frozen as it is: a pool, a subscription, a cached secret.
 * Both hooks are optional, may be async and may throw; one that throws stops no other.
 */
export interface Resource {
  /** Let go of what must not be in an image. Called in reverse order of registration. */
  beforeCheckpoint?(context: Context, info: CheckpointInfo): unknown;
  /** Take it up again. Called in the opposite order of the beforeCheckpoint calls. */
  afterRestore?(context: Context, info: RestoreInfo): unknown;
}

export interface RegisterOptions {
  /** For messages and diagnostics; default: the name of the resource's class. */
  readonly name?: string;
  /** Hold the resource weakly: it drops out when nothing else refers to it. */
  readonly weak?: boolean;
  /** Only for a PriorityContext; higher ones are checkpointed first. Default 0. */
  readonly priority?: number;
}

/** A registration lives until `unregister()`, or the end of its `using` block. */
export interface Registration extends Disposable {
  readonly name: string;
  /** Takes effect from the next checkpoint on; safe to call twice. */
  unregister(): void;
}
