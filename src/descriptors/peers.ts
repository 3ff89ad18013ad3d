import { readdirSync, readlinkSync } from 'node:fs';
import { callNative } from '../native/load.js';
import type { Holding } from './holding.js';

/**
 * Tells of a connected unix socket whether its other end will be in the image: among `holdings`, or
 * in one of the child processes `kept`. Where the kernel does not say who is connected to whom, all
 * are taken for ours, and CRIU has the last word.
 */
export function peersAmong(
  holdings: readonly Holding[],
  kept: readonly number[],
): (holding: Holding) => boolean {
  const ours = new Set(holdings.map(({ inode }) => inode));
  for (const pid of kept) for (const inode of socketsOf(pid)) ours.add(inode);
  let peers: Map<string, string> | undefined;
  return ({ inode = '' }) => {
    peers ??= readPeers();
    const peer = peers.get(inode);
    // Inode 0: the other end is closed, which is something that CRIU can restore.
    return peer === undefined || peer === '0' || ours.has(peer);
  };
}

function socketsOf(pid: number): string[] {
  return descriptorsOf(pid).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // Just closed.
    }
  });
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return []; // It has just ended.
  }
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
