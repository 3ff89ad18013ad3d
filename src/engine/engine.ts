import type { ErrorCode } from '../errors/index.js';

/** What runtime steps found out or left behind for the engine, while the process became quiet. */
export interface Prepared {
  /** A file that is of no use to anybody when the dump has ended this process. */
  pad?: string;
  /** What the collection before the dump gave back. */
  memory?: MemoryGain;
  /** Descriptors that the dump agent keeps while this process is frozen, as it keeps stdio. */
  parked?: readonly number[];
  /** How long it took, for the manifest, in ms: the hooks, then these steps. */
  timings?: { readonly hooksMs: number; readonly quiesceMs: number };
}

/** Resident memory by region, in bytes. */
export interface MemoryRegions {
  /** V8's heap without code. */
  readonly heap: number;
  readonly code: number;
  /** Contents of ArrayBuffers and Buffers. */
  readonly buffers: number;
  /** Everything else that is resident. */
  readonly native: number;
}

export interface MemoryGain {
  readonly before: MemoryRegions;
  readonly after: MemoryRegions;
}

export interface CheckpointRequest {
  /** Absolute path of the image directory that is to appear. */
  readonly images: string;
  /** Whether the process goes on after the dump. */
  readonly leaveRunning: boolean;
  /** CRIU binary; undefined: what `tubthump setup` chose. */
  readonly criu: string | undefined;
  /** Socket of a running `criu service` to use instead of a CRIU of our own. */
  readonly service: string | undefined;
  /** File with the key that the image is encrypted with, an absolute path. */
  readonly encrypt: string | undefined;
  /** The program that prints that key. */
  readonly encryptCommand: string | undefined;
  /** Limit for the dump, in ms. */
  readonly timeoutMs: number;
  /** Limit for requests in flight to finish, in ms. */
  readonly graceMs: number;
  /** What happens to connections that are still there then. */
  readonly pastGrace: 'refuse' | 'close';
  /** What time means to timers in a copy. */
  readonly timers: 'continue' | 'wall-clock';
  /** Rules for the variables that are to leave the memory: `NAMES` or `NAMES=VALUES`, globs. */
  readonly scrub: readonly string[];
  readonly prepared: Prepared;
  /** How many restores lie behind this state. */
  readonly generation: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Names of the registered resources, for the manifest. */
  readonly hooks: readonly string[];
}

interface GoingOn {
  readonly imageId: string;
  /** How many restores lie behind this state. */
  readonly generation: number;
  /** Wall clock, ms since the epoch. */
  readonly checkpointedAt: number;
  /** How long a copy was there before it went on, in ms; its monotonic clock went on meanwhile. */
  readonly parkedMs?: number;
  /** `NAME=value` of all variables that a fresh start would have had; null: unchanged. */
  readonly environment: readonly string[] | null;
  /** Arguments given to the restore; empty: unchanged. */
  readonly args: readonly string[];
  /** A hook that fails after the restore is to end the process. */
  readonly strict: boolean;
}

/** What an engine returns in the process that goes on: the original, or a copy of it. */
export type Outcome =
  | (GoingOn & {
      readonly reason: 'restored';
      readonly cloneId: string;
      /** What only its launcher knows of a copy's place; a `pid` when it is not its own. */
      readonly copy?: { readonly number: number; readonly pid?: number; readonly log?: string };
    })
  | (GoingOn & { readonly reason: 'resumed'; readonly cloneId: null });

export type Support =
  | { readonly supported: true }
  | {
      readonly supported: false;
      readonly code: ErrorCode;
      readonly reason: string;
      readonly hint: string;
    };

/** How a quiet process is frozen and comes back. */
export interface Engine {
  readonly name: string;
  /** Like what `checkpoint` returns in a copy, to rehearse with. */
  readonly example?: Outcome;
  /** Cheap: looks, does not probe. */
  isSupported(): Support;
  /**
   * Called when everything is quiet; may block the thread.
   * @throws TubthumpError when no image was made; the process goes on as before
   */
  checkpoint(request: CheckpointRequest): Outcome | Promise<Outcome>;
}
