// @ts-check
// The services that are started. A new one is a new row; it listens on PORT of the loopback.
import { fileURLToPath } from 'node:url';

/**
 * `path` is what the clock waits for and what warms the service up; `script` are Node's arguments.
 *
 * @typedef {{
 *   id: string,
 *   title: string,
 *   script: readonly string[],
 *   path: string,
 *   environment: Readonly<Record<string, string>>,
 * }} Workload
 */

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {readonly Workload[]} */
export const workloads = [
  {
    id: 'small',
    title: 'a bare `node:http` service',
    script: [file('services/small.mjs')],
    path: '/',
    environment: {},
  },
  {
    id: 'catalog',
    title: 'examples/catalog: Fastify, 3000 products in memory',
    script: [file('../examples/catalog/server.mjs')],
    path: '/',
    environment: { CATALOG_PRODUCTS: '3000' },
  },
  {
    id: 'large',
    title: 'a `node:http` service with 250 MB of records in memory',
    script: [file('services/large.mjs')],
    path: '/',
    environment: { HEAP_MB: '200' },
  },
];
