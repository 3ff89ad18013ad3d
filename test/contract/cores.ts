import { type Context, OrderedContext, type Resource } from '../../src/context/index.js';
import { CheckpointCore } from '../../src/core/core.js';
import { runCycle } from '../../src/core/cycle.js';
import type { RuntimeStep } from '../../src/core/runtime-step.js';
import type { CheckpointRequest, Engine, Outcome, Support } from '../../src/engine/engine.js';
import { SimulateEngine } from '../../src/engine/simulate.js';

export interface Parts {
  readonly engine?: Engine;
  readonly steps?: readonly RuntimeStep[];
}

/** A core of its own, with injected engine and runtime steps. */
export function coreWith({ engine = new SimulateEngine(), steps = [] }: Parts = {}) {
  return new CheckpointCore({
    engine: async () => engine,
    steps: async () => steps,
    cycle: async () => runCycle,
    support: () => engine.isSupported(),
  });
}

/** Options that every engine takes. */
export const SIMULATE = { engine: 'simulate' } as const;

/** An engine that answers as told: what it gets as a function is called, and may throw. */
export function engineThat(
  checkpoint: (request: CheckpointRequest) => Outcome | Promise<Outcome>,
  support: Support = { supported: true },
): Engine {
  return { name: 'test', isSupported: () => support, checkpoint };
}

export const RESTORED: Outcome = {
  reason: 'restored',
  imageId: 'image',
  generation: 3,
  cloneId: 'clone',
  checkpointedAt: 0,
  environment: null,
  args: [],
  strict: false,
};

export const RESUMED: Outcome = { ...RESTORED, reason: 'resumed', generation: 2, cloneId: null };

/** Writes down what happens, in order. */
export class Journal {
  readonly lines: string[] = [];

  /** A resource whose hooks are written down as `name before` and `name after REASON`. */
  resource(name: string): Required<Resource> {
    return {
      beforeCheckpoint: () => void this.lines.push(`${name} before`),
      afterRestore: (_context, { reason }) => void this.lines.push(`${name} after ${reason}`),
    };
  }

  /** The same; its beforeCheckpoint does something more. */
  resourceThat(name: string, before: () => unknown): Required<Resource> {
    const plain = this.resource(name);
    return {
      ...plain,
      beforeCheckpoint: (context, info) => {
        plain.beforeCheckpoint(context, info);
        return before();
      },
    };
  }

  /** A runtime step, as `name quiesce` and `name wake`. */
  step(name: string): RuntimeStep {
    return {
      name,
      quiesce: () => void this.lines.push(`${name} quiesce`),
      wake: () => void this.lines.push(`${name} wake`),
    };
  }

  /** An engine, as `dump`. */
  engine(outcome: Outcome = RESUMED): Engine {
    return engineThat(() => {
      this.lines.push('dump');
      return outcome;
    });
  }
}

/** A context with resources `NAME1`, `NAME2`… registered in this order. */
export function filled<C extends Context = OrderedContext>(
  journal: Journal,
  name: string,
  count: number,
  context: Context = new OrderedContext({ name }),
): C {
  for (let index = 1; index <= count; index++) {
    context.register(journal.resource(`${name}${index}`), { name: `${name}${index}` });
  }
  return context as C;
}

/** What a promise was rejected with. */
export async function rejection<E = Error>(promise: Promise<unknown>): Promise<E> {
  return await promise.then(
    (value) => Promise.reject(new Error(`fulfilled with ${JSON.stringify(value)}`)),
    (error) => error as E,
  );
}

/** A promise with its functions: Promise.withResolvers, which Node 20 does not have. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
