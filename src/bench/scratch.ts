import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Two directories for a measurement. They are removed when it is over and also when the process ends
 * before, by a signal or an error: images are large. The meter ends with us.
 */
export class Scratch {
  /** On a disk, for images. */
  readonly disk: string;
  /** On a tmpfs. */
  readonly shared: string;
  readonly #remove = () => {
    for (const path of [this.disk, this.shared]) rmSync(path, { recursive: true, force: true });
  };
  readonly #end = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal]);

  /** @param parent a directory on a disk; it is made if it is not there */
  constructor(parent: string) {
    mkdirSync(parent, { recursive: true });
    this.disk = mkdtempSync(join(parent, 'tubthump-bench-'));
    this.shared = mkdtempSync('/dev/shm/tubthump-bench-');
    process.once('exit', this.#remove);
    for (const signal of SIGNALS) process.once(signal, this.#end);
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#remove);
    for (const signal of SIGNALS) process.off(signal, this.#end);
    this.#remove();
  }
}
