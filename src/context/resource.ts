import type { Context } from './context.js';
import type { CheckpointInfo, RestoreInfo } from './info.js';

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
