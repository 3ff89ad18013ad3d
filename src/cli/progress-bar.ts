import { bytes } from '../inspect/text.js';
import type { ProgressOptions } from '../progress/progress.js';

const WIDTH = 30;
const EVERY_MS = 100;

/** A line on a terminal that shows how far something is, and goes when it has ended. */
class ProgressBar {
  private shownAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(done: number, total: number): void {
    const now = performance.now();
    if (total === 0 || now - this.shownAt < EVERY_MS) return;
    this.shownAt = now;
    const part = Math.min(done / total, 1);
    const filled = Math.round(part * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const percent = String(Math.floor(part * 100)).padStart(3);
    this.stream.write(`\r\x1b[K${bar} ${percent} %  ${bytes(done)} of ${bytes(total)}`);
  }

  clear(): void {
    this.stream.write('\r\x1b[K');
  }
}

/** Calls `work` with what shows its progress, where stderr is a terminal. */
export async function withProgress<T>(
  quiet: boolean,
  work: (onProgress: ProgressOptions['onProgress']) => Promise<T>,
): Promise<T> {
  if (quiet || !process.stderr.isTTY) return await work(undefined);
  const bar = new ProgressBar(process.stderr);
  try {
    return await work((done, total) => bar.show(done, total));
  } finally {
    bar.clear();
  }
}
