import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from '../control/client.js';
import { TubthumpError } from '../errors/index.js';
import type { CloneEvent } from './events.js';
import type { Keeper } from './keeper.js';
import { type MemoryFigures, memoryOf } from './memory.js';

const POLL_MS = 5;
const GRACE_MS = 5000;

const SIGNAL_NAMES = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]),
);

/** How a copy ended: as the `exit` event of a child process. */
export interface CopyExit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface CopyEvents {
  exit: [status: number | null, signal: NodeJS.Signals | null];
}

type Restored = Extract<CloneEvent, { event: 'restored' }>;

/** A live copy, as a child process: in its own pid namespace, ended with this process. */
export class Copy extends EventEmitter<CopyEvents> {
  /** Among the copies that were made together, or of one pool. */
  readonly number: number;
  /** As this process sees it; to itself the copy has the pid of the image. */
  readonly pid: number;
  readonly cloneId: string;
  readonly imageId: string;
  /** Restores that lie behind its state. */
  readonly generation: number;
  /** How long its restore took, in ms. */
  readonly restoreMs: number;
  /** Null unless `stdio` is 'pipe'. What the copy writes has to be read, or it waits. */
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Never rejects. When it resolves, nothing of the copy is left: no process, no namespace. */
  readonly exited: Promise<CopyExit>;
  /** Null while it lives, as of a child process. */
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  /** Why it was ended, when its pages could not be had any more (engine `stream`). */
  lost: TubthumpError | null = null;

  readonly #keeper: Keeper;
  readonly #readyTimeoutMs: number;
  #ended = false;
  #ready: Promise<void> | undefined;

  /** For `clone` only. */
  constructor(keeper: Keeper, restored: Restored, index: number, readyTimeoutMs: number) {
    super();
    const [stdin = null, stdout = null, stderr = null] = keeper.stdioOf(index);
    this.number = restored.copy;
    this.pid = restored.pid;
    this.cloneId = restored.cloneId;
    this.imageId = restored.imageId;
    this.generation = restored.generation;
    this.restoreMs = restored.tookMs;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.#keeper = keeper;
    this.#readyTimeoutMs = readyTimeoutMs;
    // A copy that has ended takes no more input: no reason for our process to fail.
    stdin?.on('error', () => {});
    this.exited = new Promise((resolve) => {
      this.once('exit', (status, signal) => resolve({ status, signal }));
    });
  }

  /**
   * When the copy's hooks are through and it listens, or has called `Core.ready()`. Asked of the copy
   * from the first use on. Rejects with ERR_TUBTHUMP_SERVICE_ENDED or ERR_TUBTHUMP_NOT_READY.
   */
  get ready(): Promise<void> {
    this.#ready ??= this.#untilReady();
    return this.#ready;
  }

  /** Whether it has not ended, as far as is known. */
  get alive(): boolean {
    return !this.#ended;
  }

  /** Sends a signal to this copy or to nobody. Returns whether it was alive. */
  kill(signal: NodeJS.Signals | number = 'SIGTERM'): boolean {
    const number = typeof signal === 'number' ? signal : constants.signals[signal];
    if (number === undefined) {
      throw new TubthumpError('ERR_TUBTHUMP_OPTIONS', `there is no signal ${signal}`);
    }
    if (!this.#ended) this.#keeper.signal(this.number, number);
    return !this.#ended;
  }

  /** @throws TubthumpError ERR_TUBTHUMP_SERVICE_ENDED */
  async memory(): Promise<MemoryFigures> {
    try {
      return await memoryOf(this.pid);
    } catch (cause) {
      throw this.#gone(this.lost ?? cause);
    }
  }

  /** SIGTERM, after 5 s SIGKILL; resolves when nothing of it is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill('SIGTERM');
    this.kill('SIGCONT'); // A stopped process does not see the first one.
    const kill = setTimeout(() => this.kill('SIGKILL'), GRACE_MS);
    await this.exited;
    clearTimeout(kill);
  }

  /** For `clone` only: what `end` is about to tell is not its own doing. */
  lose(error: TubthumpError): void {
    this.lost = error;
  }

  /** For `clone` only: the launcher has reaped it. */
  end(status: number, signal: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.signalCode = signal === 0 ? null : (SIGNAL_NAMES.get(signal) ?? null);
    this.exitCode = signal === 0 ? status : null;
    this.emit('exit', this.exitCode, this.signalCode);
  }

  async #untilReady(): Promise<void> {
    const until = performance.now() + this.#readyTimeoutMs;
    while (!this.#ended) {
      const status = await askStatus(this.pid).catch(() => undefined);
      if (status?.state === 'running' && (status.listening || status.ready)) return;
      if (performance.now() > until) {
        throw new TubthumpError(
          'ERR_TUBTHUMP_NOT_READY',
          `copy ${this.number} did not listen within ${this.#readyTimeoutMs / 1000} s`,
        );
      }
      await sleep(POLL_MS);
    }
    throw this.#gone();
  }

  #gone(cause: unknown = this.lost ?? undefined): TubthumpError {
    const how = this.signalCode ?? `status ${this.exitCode}`;
    return new TubthumpError(
      'ERR_TUBTHUMP_SERVICE_ENDED',
      `copy ${this.number} has ended (${how})`,
      { cause },
    );
  }
}
