// @ts-check
// The rows of the tables: ways in which a user can start a service. Those that are there for every
// service are in src/bench/trials.ts; a new way is a new row here or there.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as shared from '../dist/bench/trials.js';
import { node } from './programs.mjs';
import { HEAP_SERVICE } from './workloads.mjs';

export * from '../dist/bench/trials.js';

/** @typedef {import('../dist/bench/trial.js').Trial} Trial */

/**
 * @param {string} name of a Node binary
 * @param {string} title
 * @returns {Trial}
 */
function coldStart(name, title) {
  return {
    ...shared.coldStart,
    ...{ id: `cold-${name}`, title },
    command: ({ command }) => [node(name), ...command.slice(1)],
  };
}

export const cold20 = coldStart('node-20', 'cold start, Node 20');
export const cold24 = coldStart('node-24', 'cold start, Node 24');

/** @type {Trial} */
export const compileCache = {
  ...shared.compileCache,
  title: 'cold start, Node 24, `NODE_COMPILE_CACHE`',
};

const BUILD_LIMIT_MS = 300_000;

/** @type {Trial} */
export const snapshot = {
  ...shared.coldStart,
  id: 'snapshot',
  title: 'cold start, Node 24, `--snapshot-blob`',
  command: ({ command, cache }) => [
    ...[command[0] ?? 'node', '--snapshot-blob', blobIn(cache)],
    ...command.slice(1),
  ],
  async prepare({ workload, command, cache }) {
    if (command.at(-1) !== HEAP_SERVICE) {
      throw new Error('a snapshot takes one CommonJS file without packages');
    }
    const [program = 'node', ...args] = command;
    const build = ['--snapshot-blob', blobIn(cache), '--build-snapshot', ...args];
    await promisify(execFile)(program, build, {
      env: { ...process.env, ...workload.environment },
      timeout: BUILD_LIMIT_MS,
      maxBuffer: 1 << 26,
    });
  },
};

const blobIn = (/** @type {string} */ cache) => join(cache, 'snapshot.blob');

/**
 * The same on a machine whose /run is a tmpfs.
 *
 * @param {Trial} trial
 * @param {string} title
 * @returns {Trial}
 */
function onTmpfs(trial, title) {
  const other = (/** @type {string | null | undefined} */ id) => id && `${id}-tmpfs`;
  const { map, eager, warm } = trial.against;
  const against = { map: other(map) ?? null, eager: other(eager) ?? null, warm: warm ?? null };
  return { ...trial, title, against, id: `${trial.id}-tmpfs`, run: 'tmpfs' };
}

export const criuAloneTmpfs = onTmpfs(shared.criuAlone, '`criu restore`, /run on tmpfs');
export const eagerTmpfs = onTmpfs(shared.eager, `${shared.eager.title}, /run on tmpfs`);
export const mapTmpfs = onTmpfs(shared.map, `${shared.map.title}, /run on tmpfs`);
