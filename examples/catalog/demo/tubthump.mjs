// @ts-check
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

const LAUNCHER = fileURLToPath(new URL('../../../build/Release/tubthump', import.meta.url));

/**
 * The command line of a tubthump command.
 *
 * @param {...string} args
 */
export function tubthump(...args) {
  return [LAUNCHER, ...args];
}

/**
 * Makes an image of the service, which ends, or goes on.
 *
 * @param {object} options
 * @param {import('./processes.mjs').Processes} options.processes
 * @param {import('./running.mjs').Running} options.service
 * @param {number} options.pid of the service itself, a child of the launcher
 * @param {string} options.images directory of the image
 * @param {boolean} [options.leaveRunning]
 * @returns {Promise<{ durationMs: number, imageBytes: number }>} time of the whole command
 * @throws {Problem} when tubthump fails
 */
export async function makeImage({ processes, service, pid, images, leaveRunning = false }) {
  const command = tubthump('checkpoint', '--pid', `${pid}`, '--images', images, '--json');
  if (leaveRunning) command.push('--leave-running');
  const dump = processes.start(command);
  const { ok, stdout, stderr } = await dump.result();
  const durationMs = dump.age;
  if (!ok) {
    const error = errorIn(stderr);
    if (!error) throw dump.problem('failed');
    throw new Problem(error.message, { hint: error.hint, printed: service.printed });
  }
  if (!leaveRunning) await service.ended;
  return { durationMs, imageBytes: JSON.parse(stdout).bytes };
}

/**
 * With `--json`, the last line on stderr is the error.
 *
 * @param {string} stderr
 * @returns {{ message: string, hint?: string } | undefined}
 */
function errorIn(stderr) {
  try {
    return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error;
  } catch {
    return undefined;
  }
}
