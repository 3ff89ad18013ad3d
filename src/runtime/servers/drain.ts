import { setTimeout as sleep } from 'node:timers/promises';
import type { TrackedServer } from './track.js';

const POLL_MS = 5;

/** The parts of http.Server that other servers may lack. */
interface MaybeHttp {
  maxRequestsPerSocket?: number | null;
  closeIdleConnections?(): void;
}

/**
 * Lets requests in flight finish, until `deadline` (performance.now()), and ends connections that
 * are idle. Resolves to whether nobody is connected any more.
 */
export async function drain(tracked: TrackedServer, deadline: number): Promise<boolean> {
  const server = tracked.server as MaybeHttp;
  const limit = server.maxRequestsPerSocket;
  // Answers carry `connection: close` from here on: a busy client could ask for ever.
  if (limit !== undefined) server.maxRequestsPerSocket = 1;
  for (const session of tracked.sessions) session.close();
  try {
    // Busy clients are idle for moments only; their next request ends the connection in good order.
    await sleep(POLL_MS);
    for (;;) {
      server.closeIdleConnections?.();
      if (tracked.sockets.size === 0) return true;
      if (performance.now() >= deadline) return false;
      await sleep(POLL_MS);
    }
  } finally {
    if (limit !== undefined) server.maxRequestsPerSocket = limit;
  }
}

/** Ends what outlived its time, in the middle of its requests. */
export async function cutOff(tracked: TrackedServer): Promise<void> {
  for (const session of tracked.sessions) session.destroy();
  for (const socket of tracked.sockets) socket.destroy();
  // The descriptors are closed by the loop.
  while (tracked.sockets.size > 0) await sleep(1);
}
