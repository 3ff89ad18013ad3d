import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { askCheckpoint } from '../control/client.js';
import { TubthumpError } from '../errors/index.js';
import { type Copies, clone } from './clone.js';
import { type CloneOptions, checkCloneOptions } from './options.js';

export interface ForkOptions extends CloneOptions {
  /** Where the image is while it is needed (default: os.tmpdir()); a tmpfs is faster. */
  readonly directory?: string;
}

/**
 * Copies of a running service as it is now: a checkpoint that leaves it running, then `clone`. The
 * service does not listen for as long as the dump takes. The image is removed when the copies run.
 * @param pid of a service that runs under the launcher or imports tubthump, not of this process
 * @throws TubthumpError with the service's code when it refuses, and what `clone` throws
 */
export async function fork(pid: number, options: ForkOptions = {}): Promise<Copies> {
  const { directory = tmpdir(), ...rest } = options;
  checkCloneOptions(directory, rest);
  if (pid === process.pid) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      'a process does not fork itself: its copies would wait for their own copies',
    );
  }
  const home = await mkdtemp(join(directory, 'tubthump-fork-'));
  try {
    const images = join(home, 'image');
    await askCheckpoint(pid, { images, leaveRunning: true });
    return await clone(images, rest);
  } finally {
    // Copies go on with the file that they have mapped: unlink(2).
    await rm(home, { recursive: true, force: true });
  }
}
