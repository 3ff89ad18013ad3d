import { TubthumpError } from '../errors/index.js';
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

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
  phase(name: Phase): Context {
    const context = this.#phases.get(name);
    if (context) return context;
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      `Expected a phase of ${PHASES.join(', ')}, got ${String(name)}`,
    );
  }

  override register(
    resource: Resource,
    { phase = 'application', ...options }: RegisterOptions & { readonly phase?: Phase } = {},
  ): Registration {
    return this.phase(phase).register(resource, options);
  }
}
