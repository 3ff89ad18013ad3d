import type { CheckpointRequest, Outcome } from '../engine/engine.js';
import type { Rule } from '../policy/rule.js';

/** What a runtime step sees before the dump. */
export interface Quiesce {
  readonly request: CheckpointRequest;
  readonly engine: string;
  /** What to do with what is open: rules, or the file that has them. */
  readonly policy?: string | readonly Rule[] | undefined;
}

/** What a runtime step sees when the process goes on. */
export type Wake = { readonly reason: 'aborted' } | Outcome;

/**
 * One step of the `runtime` phase: what Node itself needs around a freeze. A fixed list, not user
 * resources: quiesce in list order after all hooks, wake in the opposite order before any hook.
 */
export interface RuntimeStep {
  readonly name: string;
  /** @throws to abort the checkpoint; the steps after it are still quiesced, all are woken. */
  quiesce?(view: Quiesce): void | Promise<void>;
  wake?(view: Wake): void | Promise<void>;
}
