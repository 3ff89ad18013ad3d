import type { Socket } from 'node:net';
import process from 'node:process';
import { callNative } from '../native/load.js';

/**
 * Whether the process at the other end may have this one checkpointed: it is the same user's or
 * root's. The modes of socket and directory say the same, but a directory can be opened up.
 */
export function isAllowed(client: Socket): boolean {
  // Node has no public way to a socket's descriptor.
  const fd = (client as { _handle?: { fd?: number } })._handle?.fd ?? -1;
  try {
    const user = callNative((addon) => addon.peerUser(fd));
    return user === 0 || user === process.getuid?.();
  } catch {
    return false; // It is gone already, or there is no addon: then no checkpoint either.
  }
}
