import type { Context } from './context.js';
import { OrderedContext } from './ordered.js';
import type { RegisterOptions, Registration, Resource } from './resource.js';

/** Phases that applications may register in, from outside in; `runtime`, the innermost, is ours. */
export const PHASES = ['application', 'pools', 'servers'] as const;

export type Phase = (typeof PHASES)[number];

/**
 * The context that a checkpoint starts from. Its phases are contexts; `application` is checkpointed
 * first and restored last. What is registered without a phase belongs to `application`.
 */
export class GlobalContext extends OrderedContext {
  readonly #phases = new Map<Phase, Context>();

  constructor() {
    super({ name: 'global' });
    // Ordered contexts begin with the latest.
    for (const phase of [...PHASES].reverse()) {
      const context = new OrderedContext({ name: phase });
      this.#phases.set(phase, context);
      super.register(context);
    }
  }

  phase(name: Phase): Context {
    return this.#phases.get(name) as Context;
  }

  override register(
    resource: Resource,
    { phase = 'application', ...options }: RegisterOptions & { readonly phase?: Phase } = {},
  ): Registration {
    return this.phase(phase).register(resource, options);
  }
}
