// @ts-check
// What processes have used, read from /proc.
import { readdirSync, readFileSync } from 'node:fs';
import { memoryOf } from '../../dist/clone/memory.js';

/** Of one clock tick: sysconf(_SC_CLK_TCK) is 100 on x86_64. */
const TICK_MS = 10;

/**
 * Processor time of these processes and everything below them, ended or not.
 *
 * @param {readonly number[]} roots
 */
export function processorMs(roots) {
  let ticks = 0;
  for (const pending = [...roots]; pending.length > 0; ) {
    const pid = /** @type {number} */ (pending.pop());
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and those of reaped children: proc(5).
    for (const field of fields.slice(11, 15)) ticks += Number(field);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8');
      pending.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return ticks * TICK_MS;
}

/**
 * Means, in MB.
 *
 * @param {readonly number[]} pids
 */
export async function memoryOfAll(pids) {
  const figures = await Promise.all(pids.map(memoryOf));
  const mean = (/** @type {'private' | 'proportional'} */ name) =>
    figures.reduce((sum, each) => sum + each[name], 0) / pids.length / 1e6;
  return { own: mean('private'), proportional: mean('proportional') };
}
