import { nameResource } from '../errors/index.js';
import { runPhase } from './diagnostics.js';
import type { Quiesce, RuntimeStep, Wake } from './runtime-step.js';

/** The innermost phase of one cycle: knows which of its steps are to be woken. */
export class RuntimePhase {
  readonly #steps: readonly RuntimeStep[];
  readonly #quiesced: RuntimeStep[] = [];

  constructor(steps: readonly RuntimeStep[]) {
    this.#steps = steps;
  }

  /** Steps in list order, until the signal is aborted; returns what they threw. */
  async quiesce(view: Quiesce, signal: AbortSignal | undefined): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (const step of this.#steps) {
      if (signal?.aborted) break;
      this.#quiesced.push(step);
      const result = await runPhase(`quiesce:${step.name}`, () => step.quiesce?.(view));
      if ('error' in result) errors.push(nameResource(result.error, `runtime/${step.name}`));
    }
    return errors;
  }

  /** Those that were quiesced, in the opposite order; returns what they threw. */
  async wake(view: Wake): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (const step of this.#quiesced.reverse()) {
      const result = await runPhase(`wake:${step.name}`, () => step.wake?.(view));
      if ('error' in result) errors.push(nameResource(result.error, `runtime/${step.name}`));
    }
    return errors;
  }
}
