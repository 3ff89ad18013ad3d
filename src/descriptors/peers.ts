import { callNative } from '../native/load.js';
import type { Holding } from './holding.js';

/**
 * Tells of a connected unix socket whether both of its ends are among `holdings`. Where the kernel
 * does not say who is connected to whom, all are taken for ours, and CRIU has the last word.
 */
export function peersAmong(holdings: readonly Holding[]): (holding: Holding) => boolean {
  const ours = new Set(holdings.map(({ inode }) => inode));
  let peers: Map<string, string> | undefined;
  return ({ inode = '' }) => {
    peers ??= readPeers();
    const peer = peers.get(inode);
    // Inode 0: the other end is closed, which is something that CRIU can restore.
    return peer === undefined || peer === '0' || ours.has(peer);
  };
}

function readPeers(): Map<string, string> {
  const peers = new Map<string, string>();
  try {
    const flat = callNative((addon) => addon.unixPeers());
    for (let index = 0; index < flat.length; index += 2) {
      peers.set(String(flat[index]), String(flat[index + 1]));
    }
  } catch {
    // A kernel without unix_diag.
  }
  return peers;
}
