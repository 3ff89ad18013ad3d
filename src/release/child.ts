import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TubthumpError } from '../errors/index.js';
import { childProcess, type SpawnRecord, spawnRecord } from '../origins/children.js';

/** How long a child may take to end after SIGTERM, in ms; then comes SIGKILL. */
const GRACE_MS = 5_000;
const POLL_MS = 5;

/** Ends a child process: SIGTERM, after a grace SIGKILL. */
export async function endChild(pid: number): Promise<void> {
  const child = childProcess(pid);
  const gone = child ? once(child, 'exit') : undefined;
  process.kill(pid, 'SIGTERM');
  for (const until = performance.now() + GRACE_MS; performance.now() < until; ) {
    if (!existsSync(`/proc/${pid}`)) break;
    await sleep(POLL_MS);
  }
  if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
  await gone;
}

/**
 * Ends a child, and starts it again as it was started. The object that the application holds sees
 * 'exit' before, and after it the event `respawn` with the new ChildProcess.
 * @returns undefined when Node did not start it
 */
export async function respawnLater(pid: number): Promise<(() => Promise<void>) | undefined> {
  const former = childProcess(pid);
  const record = former && spawnRecord(former);
  if (!record) return undefined;
  await endChild(pid);
  return async () => {
    const child = new ChildProcess();
    const spawned = once(child, 'spawn');
    start(child, record);
    await spawned.catch((cause: Error) => {
      const message = `start \`${record.file}\` again: ${cause.message}`;
      throw new TubthumpError('ERR_TUBTHUMP_REOPEN', message, { cause });
    });
    former.emit('respawn', child);
  };
}

/** ChildProcess#spawn is what spawn, exec and fork call; the types do not have it. */
function start(child: ChildProcess, { inheritsEnvironment, ...record }: SpawnRecord): void {
  const envPairs = inheritsEnvironment
    ? Object.entries(process.env).map(([name, value]) => `${name}=${value}`)
    : [...(record.envPairs ?? [])];
  (child as unknown as { spawn(options: object): number }).spawn({ ...record, envPairs });
}
