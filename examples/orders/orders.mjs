// @ts-check
const SCHEMA = `create table if not exists orders (
  id uuid primary key, item text not null, quantity integer not null check (quantity > 0)
)`;

/**
 * @typedef {{ id: string, item: string, quantity: number }} Order
 * @typedef {Awaited<ReturnType<typeof ordersOf>>} Orders
 */

/**
 * The orders in a database, the table made if it is missing.
 *
 * @param {import('pg').Pool} pool
 */
export async function ordersOf(pool) {
  await pool.query(SCHEMA);
  // In memory, and so in the image.
  const state = { startedAt: new Date().toISOString(), accepted: 0 };

  return {
    /**
     * Whoever had no answer may order again: what was ordered already is not ordered twice.
     *
     * @param {Order} order
     */
    async accept({ id, item, quantity }) {
      await pool.query('insert into orders values ($1, $2, $3) on conflict do nothing', [
        id,
        item,
        quantity,
      ]);
      state.accepted++;
      return { id, accepted: state.accepted };
    },

    /** @param {string} id */
    async find(id) {
      const { rows } = await pool.query('select id, item, quantity from orders where id = $1', [
        id,
      ]);
      return rows[0];
    },

    async state() {
      const { rows } = await pool.query(
        'select count(*)::int as stored, pg_backend_pid() as backend from orders',
      );
      return { ...state, ...rows[0], pid: process.pid, connections: pool.totalCount };
    },
  };
}
