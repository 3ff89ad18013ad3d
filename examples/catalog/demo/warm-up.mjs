// @ts-check
import { once } from 'node:events';
import { median } from './statistics.mjs';

const QUERIES = ['sturdy kettle', 'bamboo', 'waterproof tent', 'ukule', 'silent drum', 'oak shelf'];
const CATEGORIES = [
  'kitchen',
  'garden',
  'camping',
  'office',
  'music',
  'sports',
  'toys',
  'workshop',
];
/** Requests at both ends that are compared: two of each kind. */
const SAMPLE = 14;

/** @typedef {[path: string, body?: object]} Visit */

/**
 * What customers do, in turns.
 *
 * @param {number} turn
 * @param {number} products
 * @returns {Visit}
 */
function visit(turn, products) {
  const id = 1 + ((turn * 7919) % products);
  const category = CATEGORIES[turn % CATEGORIES.length];
  const query = encodeURIComponent(QUERIES[turn % QUERIES.length] ?? '');
  /** @type {Visit[]} */
  const visits = [
    [`/products/${id}`],
    [`/search?q=${query}`],
    [`/products/${id}/reviews`],
    [`/categories/${category}?page=${1 + (turn % 3)}`],
    ['/carts', { items: [{ productId: id, quantity: 1 + (turn % 5) }] }],
    ['/'],
    ['/session'],
  ];
  return /** @type {Visit} */ (visits[turn % visits.length]);
}

/**
 * @param {import('./client.mjs').Client} client
 * @param {{ requests: number, products: number, update: (detail: string) => void }} options
 * @returns {Promise<{ requests: number, durationMs: number, firstMs: number, lastMs: number }>} with
 *   the medians of the first and of the last requests
 */
export async function warmUp(client, { requests, products, update }) {
  const started = performance.now();
  const samples = [];
  for (let turn = 0; turn < requests; turn++) {
    const sent = performance.now();
    const response = await client.send(...visit(turn, products));
    await once(response.resume(), 'end');
    samples.push(performance.now() - sent);
    if (turn % 10 === 0) update(`${turn} of ${requests} requests`);
  }
  return {
    requests,
    durationMs: performance.now() - started,
    firstMs: median(samples.slice(0, SAMPLE)),
    lastMs: median(samples.slice(-SAMPLE)),
  };
}
