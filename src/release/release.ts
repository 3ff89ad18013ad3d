import type { Holding } from '../descriptors/holding.js';
import { runningWorkers } from '../origins/workers.js';
import { endChild, respawnLater } from './child.js';
import { reopenLater } from './file.js';
import { putNull } from './placeholder.js';
import { closeSocket, listenLater } from './socket.js';

/** Opens again what was let go of. @throws TubthumpError ERR_TUBTHUMP_REOPEN */
export type TakeBack = () => void | Promise<void>;

/** Lets go of a holding for good. Its kind is one that can be closed: policy/abilities.ts */
export async function closeHolding({ fd, kind, pid, threadId }: Holding): Promise<void> {
  if (pid !== undefined) return await endChild(pid);
  if (threadId !== undefined) {
    const found = runningWorkers().find(({ worker }) => worker.threadId === threadId);
    await found?.worker.terminate();
  }
  if (fd === undefined) return;
  if (kind.startsWith('tcp-') || kind.startsWith('unix-')) await closeSocket(fd);
  else putNull(fd);
}

/** Lets go of a holding until it is taken back; undefined when that cannot be had. */
export async function releaseHolding(holding: Holding): Promise<TakeBack | undefined> {
  const { fd, path, pid, kind } = holding;
  if (pid !== undefined) return await respawnLater(pid);
  if (fd === undefined) return undefined;
  if (kind.endsWith('-listening')) return listenLater(fd);
  return path === undefined ? undefined : reopenLater(fd, path);
}
