// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SetupProblem } from './problem.mjs';

/** Directory of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {{ cwd?: string, env?: Record<string, string> }} RunOptions
 * @typedef {(program: string, args: string[], options?: RunOptions) => Promise<string>} Run
 */

/**
 * Runs a program quietly; what it printed is shown when it fails.
 *
 * @type {Run}
 * @returns what it printed
 * @throws {SetupProblem} when it fails
 */
export async function run(program, args, { cwd = ROOT, env = {} } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...withoutNpm(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => output.push(chunk));
  }
  const status = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const text = Buffer.concat(output).toString('utf8');
  if (status === 0) return text;
  process.stderr.write(text);
  const command = [program, ...args].join(' ');
  throw new SetupProblem(`${command} failed (${status})`, 'Its output is above.');
}

/**
 * `npm start` tells its children about this package, which npm in another directory would believe.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
function withoutNpm(environment) {
  const entries = Object.entries(environment).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  return Object.fromEntries(entries);
}
