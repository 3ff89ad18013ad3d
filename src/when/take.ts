import process from 'node:process';
import { Core } from '../core/default.js';
import type { CheckpointOptions } from '../core/options.js';

/** What setInterval takes at most. */
const LONG_MS = 2 ** 31 - 1;

/** A checkpoint that nobody waits for: how it went is one line on stderr. */
export async function takeCheckpoint(options: CheckpointOptions): Promise<void> {
  // Before it listens a service may have nothing else that keeps it alive.
  const hold = setInterval(() => {}, LONG_MS);
  try {
    const { reason, imageId } = await Core.checkpointRestore(options);
    if (reason === 'resumed') say(`image ${imageId} made in ${options.images}`);
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string };
    say(`${message ?? error} (${code ?? 'unknown'})`);
  } finally {
    clearInterval(hold);
  }
}

function say(line: string): void {
  process.stderr.write(`tubthump: ${line}\n`);
}
