// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './bootstrap/run.mjs';

/**
 * Runs a program, on our terminal unless `options` say otherwise.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} exit status, 128 + number for a signal as shells have it
 */
export function attach(program, args, options = {}) {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
  // The terminal's Ctrl-C reaches the child too: it may have something to clean up first.
  const wait = () => {};
  const forward = () => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', forward);
      resolve(status ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
