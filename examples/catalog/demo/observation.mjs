// @ts-check

/**
 * @typedef {object} Observation what the service answers at one moment
 * @property {{ startedAt: string, requests: number, carts: number, products: number, checksum: string, node: string, pid: number, memory: number }} state
 * @property {{ id: string, token: string, lottery: number }} session drawn anew for each request
 * @property {object} cart one that was opened before the checkpoint
 * @property {string} newCart id of one that is opened now
 */

/** Requests that one observation makes. */
export const REQUESTS = 4;

/**
 * The state is asked for last, so that it counts the other requests.
 *
 * @param {import('./client.mjs').Client} client
 * @param {string} cart
 * @returns {Promise<Observation>}
 */
export async function observe(client, cart) {
  const held = await client.ask(`/carts/${cart}`);
  const session = await client.ask('/session');
  const opened = await client.ask('/carts', { items: held.items });
  const state = await client.ask('/state');
  return { state, session, cart: held, newCart: opened.id };
}
