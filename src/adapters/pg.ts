/**
 * `import 'tubthump/adapters/pg';` or `node --import tubthump/adapters/pg`: every `Pool` of the npm
 * package `pg` is without a connection in an image, and connects again when it is next asked.
 *
 * In the phase `pools` idle connections end, and no connection is kept after its use: requests that are
 * still being answered can have one. The runtime phase then holds back who asks, and waits until the
 * last connection has ended (src/runtime/clients/pools.ts).
 */
import pg, { type Pool } from 'pg';
import { getGlobalContext } from '../context/index.js';
import { PgPool } from './pg-pool.js';
import { poolRegistry } from './pools.js';

const pools = new WeakMap<Pool, PgPool>();
const { packages, pools: known } = poolRegistry();

if (!packages.has('pg')) {
  packages.add('pg').add('pg-pool');
  watchPools();
  const draining = () => known.alive().filter((pool) => pool instanceof PgPool);
  getGlobalContext().register(
    {
      beforeCheckpoint: async () => {
        await Promise.all(draining().map((pool) => pool.drain()));
      },
      afterRestore: () => {
        for (const pool of draining()) pool.refill();
      },
    },
    { name: 'pg', phase: 'pools' },
  );
}

/** pg.Pool is made by subclassing that of pg-pool, which `query` and everything else goes through. */
function watchPools(): void {
  const { prototype } = Object.getPrototypeOf(pg.Pool) as typeof Pool;
  const connect = prototype.connect as (...args: unknown[]) => unknown;
  prototype.connect = function (this: Pool, ...args: unknown[]) {
    if (!pools.has(this)) {
      const pool = new PgPool(this);
      pools.set(this, pool);
      known.add(pool);
    }
    return Reflect.apply(connect, this, args);
  } as typeof prototype.connect;
}
