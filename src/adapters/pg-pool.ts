import { once } from 'node:events';
import type { Pool, PoolClient } from 'pg';
import type { ConnectionPool } from './pools.js';

/** What pg-pool reads whenever it decides about a connection; its types lack `maxUses`. */
interface Options {
  max: number;
  maxUses: number;
}

/** A pool of pg as a checkpoint sees it. It uses the pool's public interface only. */
export class PgPool implements ConnectionPool {
  readonly #pool: Pool;
  readonly #clients = new Set<PoolClient>();
  #maxUses: number | undefined;
  #max: number | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
    pool.on('connect', (client) => {
      this.#clients.add(client);
      client.once('end', () => this.#clients.delete(client));
    });
  }

  async drain(): Promise<void> {
    this.#maxUses ??= this.#options.maxUses;
    this.#options.maxUses = 1;
    if (this.#pool.ending) return;
    // Idle ones go first to who asks; given back, they have been used once too often.
    const idle = Array.from({ length: this.#pool.idleCount }, async () => {
      const client = await this.#pool.connect();
      const ended = once(client, 'end');
      client.release();
      await ended;
    });
    await Promise.all(idle);
  }

  refill(): void {
    if (this.#maxUses === undefined) return;
    this.#options.maxUses = this.#maxUses;
    this.#maxUses = undefined;
  }

  hold(): void {
    this.#max ??= this.#options.max;
    this.#options.max = 0;
  }

  release(): void {
    if (this.#max === undefined) return;
    this.#options.max = this.#max;
    this.#max = undefined;
    // Who waits is looked at when somebody gives a connection back. Without a database that never
    // happens; who waits then is told by the pool.
    for (let turns = Math.min(this.#pool.waitingCount, this.#options.max); turns > 0; turns--) {
      this.#pool.connect().then(
        (client) => client.release(),
        () => {},
      );
    }
  }

  open(): number {
    return Math.max(this.#clients.size, this.#pool.totalCount);
  }

  cut(): void {
    for (const client of this.#clients) {
      // Of what is in use: PoolClient hides `end`, for it is not its user's to call.
      (client as PoolClient & { end(): Promise<void> }).end().catch(() => {});
    }
  }

  get #options(): Options {
    return this.#pool.options as unknown as Options;
  }
}
