// @ts-check
import { spawn } from 'node:child_process';
import { ROOT } from './bootstrap/run.mjs';

/**
 * Runs a program on our terminal.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>} exit status, 128 + number for a signal as shells have it
 */
export function attach(program, args) {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 128));
  });
}
