import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { TubthumpError } from '../../errors/index.js';

const WAIT_SECONDS = 900;

/**
 * Runs `work` while no other process does so under the same lock file; waits for its turn.
 *
 * Node has no flock(2), and files that only exist outlive a killed owner. So flock(1) holds the
 * lock for us, for as long as its standard input, a pipe of ours, stays open.
 *
 * @throws ERR_TUBTHUMP_SETUP_FAILED when another owner keeps the lock for 15 minutes
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const args = ['--timeout', `${WAIT_SECONDS}`, file, 'sh', '-c', 'echo locked && exec cat'];
  const holder = spawn('flock', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  try {
    await Promise.race([once(holder.stdout, 'data'), ended.then(refuse)]);
    return await work();
  } finally {
    holder.stdin.end();
    await ended.catch(() => {});
  }

  function refuse(): never {
    throw new TubthumpError('ERR_TUBTHUMP_SETUP_FAILED', `cannot lock ${file}`);
  }
}
