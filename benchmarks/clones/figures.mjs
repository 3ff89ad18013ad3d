// @ts-check
// What copies have used.
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryOf } from '../../dist/clone/memory.js';

/**
 * Processor time of everything that this process starts, dead or alive: it counts in a cgroup of its
 * own, which costs what is measured nothing. Nothing where cgroup v2 is not there.
 */
export class ProcessorTime {
  #before = own('cgroup').match(/^0::(.*)$/m)?.[1] ?? '/';
  #mount = own('mountinfo').match(/^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m)?.[1];
  #directory = this.#mount && join(this.#mount, this.#before, `tubthump-clones-${process.pid}`);

  constructor() {
    if (!this.#directory) return;
    mkdirSync(this.#directory);
    writeFileSync(join(this.#directory, 'cgroup.procs'), '0');
  }

  /** @returns {number | undefined} ms until now, without our own */
  get ms() {
    if (!this.#directory) return undefined;
    const { user, system } = process.cpuUsage();
    const used = /^usage_usec (\d+)/m.exec(readFileSync(join(this.#directory, 'cpu.stat'), 'utf8'));
    return (Number(used?.[1]) - user - system) / 1000;
  }

  [Symbol.dispose]() {
    if (!this.#mount || !this.#directory) return;
    writeFileSync(join(this.#mount, this.#before, 'cgroup.procs'), '0');
    rmdirSync(this.#directory);
  }
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
  return { privateMb: mean('private'), proportionalMb: mean('proportional') };
}

/** @param {string} file */
function own(file) {
  return readFileSync(`/proc/self/${file}`, 'utf8');
}
