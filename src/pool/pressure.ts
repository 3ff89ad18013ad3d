import { readFile } from 'node:fs/promises';
import type { PressureOptions } from './options.js';

/** Watches pressure stall information, and tells at each look whether memory is short. */
export class PressureWatch {
  readonly #options: Required<PressureOptions>;
  readonly #timer: NodeJS.Timeout;

  constructor(options: Required<PressureOptions>, onLook: (isShort: boolean) => void) {
    this.#options = options;
    this.#timer = setInterval(async () => onLook(await this.#isShort()), options.intervalMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A kernel without PSI is never short. Documentation/accounting/psi.rst of Linux */
  async #isShort(): Promise<boolean> {
    const text = await readFile(this.#options.file, 'utf8').catch(() => '');
    const average = /^some avg10=([\d.]+)/m.exec(text)?.[1];
    return average !== undefined && Number(average) >= this.#options.threshold;
  }
}
