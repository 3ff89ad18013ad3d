// @ts-check
// The services that are started. A new one is a new row; it listens on PORT of the loopback.
import { fileURLToPath } from 'node:url';
import { IMAGE_NODE, node } from './programs.mjs';

/** @typedef {import('../dist/bench/workload.js').Workload} Workload */

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** A file that trials can also be started with in other ways: as a snapshot, by another Node. */
export const HEAP_SERVICE = file('services/heap.cjs');

/** After as many, V8 compiles next to nothing more: what is measured then is the restore. */
const WARM_REQUESTS = 5000;

/**
 * @param {string} id
 * @param {string} title
 * @param {number} objects in the heap
 * @returns {Workload}
 */
function heap(id, title, objects) {
  return {
    ...{ id, title, path: '/', gcPath: '/gc', port: null, isolated: true },
    warmRequests: WARM_REQUESTS,
    command: [node(IMAGE_NODE), '--max-old-space-size=8192', HEAP_SERVICE],
    environment: { HEAP_OBJECTS: String(objects) },
  };
}

export const small = heap('small', 'a bare `node:http` service', 0);
export const heap36 = heap('heap-36', 'a `node:http` service with 29,000 orders', 29_000);
export const heap250 = heap('heap-250', 'a `node:http` service with 390,000 orders', 390_000);
export const heap2000 = heap('heap-2000', 'a `node:http` service with 3,400,000 orders', 3_400_000);

/** @type {Workload} */
export const catalog = {
  id: 'catalog',
  title: 'examples/catalog: Fastify, 3000 products in memory',
  command: [node(IMAGE_NODE), file('../examples/catalog/server.mjs')],
  warmRequests: WARM_REQUESTS,
  path: '/',
  gcPath: null,
  port: null,
  isolated: true,
  environment: { CATALOG_PRODUCTS: '3000', LOG_LEVEL: 'info' },
};
