// @ts-check
// The machine that was measured on: facts without which the numbers say little.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { node } from './programs.mjs';
import { isTmpfs } from './run-directories.mjs';

const NODES = ['node-20', 'node-24'];

/** @param {string} criu its version */
export function machineFacts(criu) {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim(),
    criu,
    nodes: NODES.map((name) => version(node(name))),
    runIsTmpfs: isTmpfs('/run'),
    load: loadavg(),
    date: new Date().toISOString(),
  };
}

/** @param {string} binary */
function version(binary) {
  return execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
}
