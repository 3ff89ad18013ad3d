// @ts-check
// The Node binaries that take part: those of the tests.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findCriu } from '../dist/criu/find.js';

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** Where images are made while they are measured: on a disk, like everything that is built. */
export const SCRATCH = file('../build');

/** The Node that images are made with: the newest that a row starts cold. */
export const IMAGE_NODE = 'node-24';

/**
 * A Node binary by its name among the tests' ones.
 *
 * @param {string} name as "node-24"
 */
export function node(name) {
  const path = file(`../test/node-versions/node_modules/${name}/bin/node`);
  if (!existsSync(path)) throw new Error(`${name} is missing: npm ci --prefix test/node-versions`);
  return path;
}

/** The CRIU that tubthump would take, and its version. */
export async function criu() {
  const { found } = await findCriu();
  if (!found) throw new Error('no CRIU that works: `tubthump setup` provides one');
  return { path: found.path, version: found.version };
}
