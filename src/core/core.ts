import { GlobalContext, type RestoredInfo, type ResumedInfo } from '../context/index.js';
import type { Engine, Support } from '../engine/engine.js';
import { TubthumpError } from '../errors/index.js';
import type { runCycle } from './cycle.js';
import { publish } from './diagnostics.js';
import { type CheckpointOptions, resolveOptions } from './options.js';
import type { RuntimeStep } from './runtime-step.js';

export type EngineName = NonNullable<CheckpointOptions['engine']>;

/** What a core needs from outside; loaded when a checkpoint is asked for, so registering is free. */
export interface Wiring {
  engine(name: EngineName): Promise<Engine>;
  steps(engine: EngineName): Promise<readonly RuntimeStep[]>;
  cycle(): Promise<typeof runCycle>;
  support(): Support;
}

export interface CoreStatus {
  /** `checkpointing` from the call of checkpointRestore until it settles. */
  readonly state: 'running' | 'checkpointing';
  /** Whether the application called `ready()`. */
  readonly ready: boolean;
  /** How many restores lie behind this process: 0 when it was started normally. */
  readonly generation: number;
  /** Image id of the last checkpoint or restore. */
  readonly imageId: string | null;
  readonly cloneId: string | null;
  /** Checkpoints of this process that failed. */
  readonly failures: number;
  /** Why the last of them failed. */
  readonly lastFailure: { readonly code: string; readonly message: string } | null;
  /** Names of the registered resources, `phase/name`. */
  readonly resources: readonly string[];
}

/** The coordination of one process. There is one, `Core`; others are for tests. */
export class CheckpointCore {
  readonly #context: GlobalContext;
  readonly #wiring: Wiring;
  #busy = false;
  #ready = false;
  #failures = 0;
  #lastFailure: CoreStatus['lastFailure'] = null;
  #generation = 0;
  #imageId: string | null = null;
  #cloneId: string | null = null;

  constructor(wiring: Wiring, context: GlobalContext = new GlobalContext()) {
    this.#wiring = wiring;
    this.#context = context;
  }

  /** The context that every checkpoint of this process starts from. */
  getGlobalContext(): GlobalContext {
    return this.#context;
  }

  /**
   * Quiesces this process, makes an image of it, and resolves in the process that goes on: in the
   * original with `reason: 'resumed'`, in every copy with `reason: 'restored'`.
   * @throws CheckpointError (no image, the service goes on), RestoreError (hooks failed in a copy),
   *   TubthumpError ERR_TUBTHUMP_BUSY or ERR_TUBTHUMP_OPTIONS at once, or the code that
   *   isSupported() gives
   */
  async checkpointRestore(options: CheckpointOptions = {}): Promise<RestoredInfo | ResumedInfo> {
    const resolved = resolveOptions(options);
    if (this.#busy) {
      throw new TubthumpError('ERR_TUBTHUMP_BUSY', 'a checkpoint of this process is under way');
    }
    this.#busy = true;
    try {
      const engine = await this.#wiring.engine(resolved.engine);
      const support = engine.isSupported();
      if (!support.supported) throw new TubthumpError(support.code, support.reason);
      const steps = await this.#wiring.steps(resolved.engine);
      const cycle = await this.#wiring.cycle();
      const parts = { context: this.#context, engine, steps, generation: this.#generation };
      const { info, error } = await cycle(parts, resolved);
      if (!info) throw error;
      this.#remember(info);
      if (error) throw error;
      return info;
    } catch (error) {
      this.#failures++;
      this.#lastFailure = failureOf(error);
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** Whether images can be made here; if not, why, and what to do. Looks, does not probe. */
  isSupported(): Support {
    return this.#wiring.support();
  }

  /** Tells launchers and tools that the application is ready to serve. */
  ready(): void {
    if (this.#ready) return;
    this.#ready = true;
    publish('ready', {});
  }

  status(): CoreStatus {
    return {
      state: this.#busy ? 'checkpointing' : 'running',
      ready: this.#ready,
      generation: this.#generation,
      imageId: this.#imageId,
      cloneId: this.#cloneId,
      failures: this.#failures,
      lastFailure: this.#lastFailure,
      resources: this.#context.names(),
    };
  }

  #remember(info: RestoredInfo | ResumedInfo): void {
    this.#generation = info.generation;
    this.#imageId = info.imageId;
    // A copy that is checkpointed and goes on is still that copy.
    this.#cloneId = info.cloneId ?? this.#cloneId;
  }
}

function failureOf(error: unknown): NonNullable<CoreStatus['lastFailure']> {
  const { code, message } = error as { code?: string; message?: string };
  return { code: code ?? 'ERR_TUBTHUMP_INTERNAL', message: message ?? String(error) };
}
