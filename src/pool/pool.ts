import { EventEmitter } from 'node:events';
import { clone } from '../clone/clone.js';
import type { Copy } from '../clone/copy.js';
import { TubthumpError } from '../errors/index.js';
import { type PoolOptions, type ResolvedPoolOptions, resolvePoolOptions } from './options.js';
import { PressureWatch } from './pressure.js';
import { Slots } from './slots.js';

/** After a copy that could not be made, in ms: the reason will rarely go by itself. */
const RETRY_MS = 1000;

/** The copy that was handed out has the processors for so long, before the next one is made. */
const REFILL_MS = 20;

interface PoolEvents {
  /** A copy is stopped and ready to be taken. */
  parked: [copy: Copy];
  /** A parked copy has ended by itself; another takes its place. */
  died: [copy: Copy];
  /** A parked copy was ended because memory is short. */
  shrink: [copy: Copy];
  /** A copy could not be made in the background; it is tried again. */
  failure: [error: unknown];
}

interface Waiting {
  readonly give: (copy: Copy) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Keeps stopped copies of an image ready and hands them out. Use `pool()`.
 * A copy that was taken is its taker's: it leaves the pool's count when it ends.
 */
export class Pool extends EventEmitter<PoolEvents> {
  readonly #images: string;
  readonly #options: ResolvedPoolOptions;
  readonly #slots: Slots;
  readonly #parked: Copy[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #living = new Set<Copy>();
  readonly #making = new Set<Promise<void>>();
  readonly #watch: PressureWatch | undefined;
  #short = false;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(images: string, options: PoolOptions = {}) {
    super();
    this.#images = images;
    this.#options = resolvePoolOptions(images, options);
    this.#slots = new Slots(this.#options.max);
    if (this.#options.pressure) {
      this.#watch = new PressureWatch(this.#options.pressure, (short) => this.#look(short));
    }
    this.#refill();
  }

  /** Copies that are stopped and ready. */
  get parked(): number {
    return this.#parked.length;
  }

  /** Copies that were taken and live. */
  get lent(): number {
    return this.#living.size - this.#parked.length;
  }

  /**
   * A copy that is ready and runs: a parked one, else a new one, else the next that can be made when
   * `max` of them live. First come, first served.
   * @throws TubthumpError or CloneError why none can be made; ERR_TUBTHUMP_POOL_CLOSED
   */
  async take(): Promise<Copy> {
    if (this.#closed) throw closed();
    const copy = this.#parked.shift();
    if (copy) {
      copy.kill('SIGCONT');
      setTimeout(() => this.#refill(), REFILL_MS);
      return copy;
    }
    return await new Promise((give, refuse) => {
      this.#waiting.push({ give, refuse });
      this.#refill();
    });
  }

  /** Ends all copies, also those that were taken; who waits for one is refused. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#watch?.stop();
    clearTimeout(this.#retry);
    for (const { refuse } of this.#waiting.splice(0)) refuse(closed());
    await Promise.all(this.#making);
    await Promise.all([...this.#living].map((copy) => copy[Symbol.asyncDispose]()));
  }

  /** Makes what is missing: for those who wait in any case, to park while there is memory. */
  #refill(): void {
    if (this.#closed) return;
    const spare = this.#short || this.#retry ? 0 : this.#options.parked - this.#parked.length;
    for (let wanted = this.#waiting.length + spare - this.#making.size; wanted > 0; wanted--) {
      const slot = this.#slots.take();
      if (slot === undefined) return;
      const making = this.#make(slot);
      this.#making.add(making);
      making.then(() => {
        this.#making.delete(making);
        this.#refill();
      });
    }
  }

  async #make(slot: number): Promise<void> {
    let copy: Copy;
    try {
      const copies = await clone(this.#images, { ...this.#options.clone, count: 1, first: slot });
      copy = copies[0] as Copy;
    } catch (error) {
      this.#slots.free(slot);
      return this.#fail(error);
    }
    this.#living.add(copy);
    copy.exited.then(() => this.#forget(copy));
    try {
      await copy.ready;
      this.#hand(copy);
    } catch (error) {
      await copy[Symbol.asyncDispose]();
      this.#fail(error);
    }
  }

  #hand(copy: Copy): void {
    const next = this.#waiting.shift();
    if (next) {
      next.give(copy);
      return;
    }
    copy.kill('SIGSTOP');
    this.#parked.push(copy);
    this.emit('parked', copy);
  }

  #forget(copy: Copy): void {
    this.#living.delete(copy);
    this.#slots.free(copy.number);
    const place = this.#parked.indexOf(copy);
    if (place >= 0) {
      this.#parked.splice(place, 1);
      if (!this.#closed) this.emit('died', copy);
    }
    this.#refill();
  }

  #fail(error: unknown): void {
    const next = this.#waiting.shift();
    if (next) {
      next.refuse(error);
      return;
    }
    this.emit('failure', error);
    if (this.#closed) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.#refill();
    }, RETRY_MS).unref();
  }

  /** One copy a look: what it gives back may be enough. */
  #look(short: boolean): void {
    this.#short = short;
    if (!short) this.#refill();
    const copy = short ? this.#parked.pop() : undefined;
    if (!copy) return;
    copy.kill('SIGKILL');
    this.emit('shrink', copy);
  }
}

/**
 * Keeps `parked` stopped copies of an image ready, at most `max` in all.
 * @throws TubthumpError ERR_TUBTHUMP_OPTIONS
 */
export function pool(images: string, options: PoolOptions = {}): Pool {
  return new Pool(images, options);
}

function closed(): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_POOL_CLOSED', 'the pool was disposed of');
}
