// @ts-check
// One sample: a fresh process from spawn to its first answer, timed by native/first_answer.cpp.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LAUNCHER, node } from './programs.mjs';

/**
 * @typedef {{
 *   program: string,
 *   criu: string,
 *   scratch: string,
 *   runs: import('./run-directories.mjs').RunDirectories,
 * }} Bench
 */

/**
 * Milliseconds from spawn to the first bytes of a 200.
 *
 * @param {Bench} bench
 * @param {import('./trials.mjs').Trial} trial
 * @param {import('./workloads.mjs').Workload} workload
 * @param {import('./image.mjs').Image} image
 * @returns {Promise<number>}
 * @throws Error when there was no answer; its message holds what the command wrote to stderr
 */
export async function takeSample(bench, trial, workload, image) {
  const { directory, channelInode, port } = image;
  const { criu, scratch } = bench;
  const command = trial.command({
    ...{ node, script: workload.script, launcher: LAUNCHER },
    ...{ criu, image: directory, channelInode, scratch },
  });
  const options = ['--port', String(port), '--path', workload.path];
  if (trial.run) options.push('--run', bench.runs.path(trial.run));
  if (trial.channel) options.push('--channel', image.frame);
  if (trial.kind === 'restore') options.push('--service', String(image.pid));
  const { stdout } = await promisify(execFile)(bench.program, [...options, '--', ...command], {
    env: { ...process.env, ...workload.environment, PORT: String(port) },
  });
  return Number(stdout) / 1e6;
}
