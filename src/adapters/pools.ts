import { WeakList } from '../origins/weak-list.js';

/** A pool of connections as a checkpoint sees it; adapters make one of what their library has. */
export interface ConnectionPool {
  /** Idle connections end, and those in use will when they are given back. New ones can be had. */
  drain(): Promise<void>;
  /** Connections are kept again. */
  refill(): void;
  /** Whoever asks for a connection waits. */
  hold(): void;
  /** Who waits gets one. */
  release(): void;
  /** Connections whose descriptors are open. */
  open(): number;
  /** Ends what is in use. */
  cut(): void;
}

interface Registry {
  readonly pools: WeakList<ConnectionPool>;
  /** npm packages whose pools are taken care of. */
  readonly packages: Set<string>;
}

/** Shared by all copies of this package in a process; the number is that of its shape. */
const KEY = Symbol.for('tubthump.pools.1');

const shared = globalThis as { [KEY]?: Registry };

export function poolRegistry(): Registry {
  shared[KEY] ??= { pools: new WeakList(), packages: new Set() };
  return shared[KEY];
}
