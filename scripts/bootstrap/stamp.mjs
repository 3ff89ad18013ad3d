// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { ROOT } from './run.mjs';

const SKIPPED = new Set(['node_modules', 'build', 'dist']);

/**
 * Runs `work` unless it was done for the same inputs before and its outputs are still there.
 *
 * @param {object} step
 * @param {string} step.name of the stamp in .bootstrap/
 * @param {string[]} step.inputs files and directories, by content
 * @param {() => string[]} [step.facts] other things that must not have changed since the work was done
 * @param {string[]} step.outputs
 * @param {() => Promise<unknown>} step.work
 * @param {string} [root] directory to which all paths are relative
 * @returns {Promise<boolean>} whether it ran
 * @throws {SetupProblem} when an output is missing afterwards
 */
export async function unlessDone({ name, inputs, facts, outputs, work }, root = ROOT) {
  const stamp = join(root, '.bootstrap', name);
  // Inputs as they are before the work: a file that is edited meanwhile counts as changed.
  const hash = hashOf(inputs, root);
  const record = () => JSON.stringify([hash, ...(facts?.() ?? [])]);
  const missing = () => outputs.filter((path) => !existsSync(join(root, path)));
  const isDone = existsSync(stamp) && readFileSync(stamp, 'utf8') === record();
  if (isDone && missing().length === 0) return false;
  await work();
  if (missing().length > 0) {
    throw new SetupProblem(`${name}: ${missing().join(', ')} was not made`, 'Report it.');
  }
  mkdirSync(join(root, '.bootstrap'), { recursive: true });
  writeFileSync(stamp, record());
  return true;
}

/**
 * @param {string[]} inputs
 * @param {string} root
 */
function hashOf(inputs, root) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((path) => filesIn(join(root, path)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesIn(child) : [child];
    });
}
