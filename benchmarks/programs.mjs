// @ts-check
// The programs that take part: launcher, CRIU, the Node binaries, the measuring program.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCriu } from '../dist/criu/find.js';

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export const LAUNCHER = file('../build/Release/tubthump');

/** The repository: where everything is built. */
export const ROOT = file('..');

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

/** Builds the measuring program when it is older than its source. */
export function firstAnswer() {
  const source = file('native/first_answer.cpp');
  const program = file('../build/bench/first_answer');
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(dirname(program), { recursive: true });
    execFileSync('c++', ['-std=c++23', '-O2', '-Wall', '-Wextra', '-o', program, source]);
  }
  return program;
}
