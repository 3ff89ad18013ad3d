import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { isTmpfs } from './run-directories.js';

/** Facts without which the numbers say little. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly criu: string;
  /** Versions. */
  readonly nodes: readonly string[];
  readonly runIsTmpfs: boolean;
  /** Averages over 1, 5 and 15 minutes, before the first sample. */
  readonly load: readonly number[];
  /** ISO 8601. */
  readonly date: string;
}

/**
 * @param criu its version
 * @param nodes programs that take part
 */
export function machineFacts(criu: string, nodes: readonly string[]): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    criu,
    nodes: nodes.map((node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()),
    runIsTmpfs: isTmpfs('/run'),
    load: loadavg(),
    date: new Date().toISOString(),
  };
}
