import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BroadcastChannel, Worker } from 'node:worker_threads';
import type {
  CheckpointInfo,
  Context,
  EnvironmentChange,
  Resource,
  RestoreInfo,
} from '../context/index.js';
import { type HookName, rulesOf } from '../context/rules.js';
import {
  CheckpointError,
  type ErrorCode,
  HINTS,
  nameResource,
  RestoreError,
  TubthumpError,
} from '../errors/index.js';
import type { Gate } from './gate.js';
import { type Call, type Failure, openChannel } from './protocol.js';

/** Loading the library is all that a worker has to do to attach itself. */
const ATTACH_MS = 2_000;
/** Its hooks have run: it has nothing more to do. */
const HOLD_MS = 2_000;

/** Whether a worker that takes no part may be frozen wherever it is. */
export type MayRun = (threadId: number) => boolean;

/** A worker thread, seen from the thread that started it: its context is a resource of ours. */
export class WorkerResource implements Resource {
  readonly name: string;
  readonly #threadId: number;
  readonly #channel: BroadcastChannel;
  readonly #pending = new Map<number, (failures: readonly Failure[]) => void>();
  readonly #attached: Promise<void>;
  #isAttached = false;
  #takesNoPart = false;
  #hasEnded = false;
  #calls = 0;

  constructor({ threadId }: Worker, place: string | undefined) {
    this.#threadId = threadId;
    this.name = place ? `worker ${threadId} (started at ${place})` : `worker ${threadId}`;
    let attached = () => {};
    this.#attached = new Promise((resolve) => {
      attached = resolve;
    });
    this.#channel = openChannel(threadId, (message) => {
      if (!('reply' in message)) return;
      if (message.reply === 'done') return this.#settle(message.id, message.failures);
      this.#isAttached = true;
      attached();
    });
  }

  async beforeCheckpoint(_context: Context, info: CheckpointInfo): Promise<void> {
    await Promise.race([this.#attached, sleep(ATTACH_MS, undefined, { ref: false })]);
    this.#takesNoPart = !this.#isAttached;
    if (this.#takesNoPart) return; // A policy may keep or end it: `hold` is the judge.
    const failures = await this.#call('beforeCheckpoint', info);
    if (failures.length > 0) throw new CheckpointError(failures);
  }

  async afterRestore(_context: Context, info: RestoreInfo): Promise<void> {
    // One that takes no part was refused, and has nothing to be told.
    const failures = this.#isAttached ? await this.#call('afterRestore', info) : [];
    if (failures.length > 0) throw new RestoreError(failures);
  }

  /**
   * Resolves when it is about to wait at the gate.
   * @throws TubthumpError ERR_TUBTHUMP_WORKER: it does not come, or cannot and `mayRun` does not say
   *   that it may be frozen wherever it is
   */
  async hold(gate: Gate, mayRun: MayRun): Promise<void> {
    if (this.#hasEnded) return;
    if (this.#takesNoPart && !mayRun(this.#threadId)) {
      throw new TubthumpError('ERR_TUBTHUMP_WORKER', 'takes no part in checkpoints');
    }
    if (!this.#isAttached) return; // Or started since the hooks ran, and still loading.
    const late = 'is busy: it does not hold still for the dump';
    const failures = await withinMs(
      HOLD_MS,
      late,
      this.#ask((id) => ({ call: 'hold', id, gate })),
    );
    if (failures.length > 0) throw new CheckpointError(failures);
  }

  /** It has ended: whatever it was asked is settled. */
  end(): void {
    this.#hasEnded = true;
    for (const id of [...this.#pending.keys()]) this.#settle(id, []);
    this.#channel.close();
  }

  #settle(id: number, failures: readonly Failure[]): void {
    this.#pending.get(id)?.(failures);
    this.#pending.delete(id);
  }

  async #call(call: HookName, info: CheckpointInfo | RestoreInfo): Promise<unknown[]> {
    const { hookTimeoutMs = 10_000 } = rulesOf(info) ?? {};
    const environment = 'environment' in info ? changedVariables(info.environment) : {};
    return await this.#ask((id) => ({ call, id, info, hookTimeoutMs, environment }));
  }

  async #ask(callWith: (id: number) => Call): Promise<unknown[]> {
    if (this.#hasEnded) return [];
    const id = ++this.#calls;
    const failures = await new Promise<readonly Failure[]>((done) => {
      this.#pending.set(id, done);
      this.#channel.postMessage(callWith(id));
    });
    return failures.map((failure) => this.#error(failure));
  }

  #error({ resource, message, code }: Failure): unknown {
    const error = code && code in HINTS ? new TubthumpError(code as ErrorCode, message) : undefined;
    return nameResource(error ?? new Error(message), `${this.name}/${resource}`);
  }
}

async function withinMs<T>(ms: number, late: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TubthumpError('ERR_TUBTHUMP_WORKER', late)), ms);
  });
  return await Promise.race([work, expiry]).finally(() => clearTimeout(timer));
}

/** A worker has a process.env of its own. */
function changedVariables({ added, changed, removed }: EnvironmentChange) {
  const names = [...added, ...changed, ...removed];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
