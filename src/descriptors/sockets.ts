import { readFileSync } from 'node:fs';
import { socketAddress } from './address.js';
import type { Holding, Kind } from './holding.js';

export type SocketEntry = Pick<Holding, 'kind' | 'target' | 'local' | 'remote' | 'state' | 'path'>;

/** The kernel's net/tcp_states.h, as /proc/net/tcp prints them; names as ss(8) has them. */
const TCP_STATES: Readonly<Record<string, string>> = {
  '01': 'established',
  '02': 'syn-sent',
  '03': 'syn-recv',
  '04': 'fin-wait-1',
  '05': 'fin-wait-2',
  '06': 'time-wait',
  '07': 'closed',
  '08': 'close-wait',
  '09': 'last-ack',
  '0A': 'listening',
  '0B': 'closing',
};
/** SO_ACCEPTCON in the flags of /proc/net/unix. */
const UNIX_ACCEPTS = 0x10000;
const INTERNET = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;
/** Tables without addresses, by the column that has the inode. */
const OTHERS = { netlink: 9, packet: 8 } as const;

/** Every socket of our network namespace by inode. proc(5): /proc/net/… */
export function socketsByInode(): Map<string, SocketEntry> {
  const sockets = new Map<string, SocketEntry>();
  for (const table of INTERNET) {
    for (const [, local = '', remote = '', state = '', , , , , , inode = ''] of rows(table)) {
      const kind = table.replace('6', '') as 'tcp' | 'udp' | 'raw';
      const from = socketAddress(local);
      sockets.set(inode, internetSocket(kind, from, socketAddress(remote), state));
    }
  }
  for (const [, , , flags = '0', , , inode = '', path] of rows('unix')) {
    const listening = (Number.parseInt(flags, 16) & UNIX_ACCEPTS) !== 0;
    const kind = listening ? 'unix-listening' : 'unix-connected';
    sockets.set(inode, { kind, target: path ?? 'unnamed', ...(path && { path }) });
  }
  for (const [kind, column] of Object.entries(OTHERS)) {
    for (const row of rows(kind)) {
      sockets.set(row[column] ?? '', { kind: kind as Kind, target: `${kind} socket` });
    }
  }
  return sockets;
}

function internetSocket(
  kind: 'tcp' | 'udp' | 'raw',
  local: string,
  remote: string,
  code: string,
): SocketEntry {
  const state = TCP_STATES[code] ?? code;
  if (kind === 'tcp' && state === 'listening')
    return { kind: 'tcp-listening', target: local, local };
  const target = `${local} -> ${remote}`;
  if (kind === 'tcp') return { kind: 'tcp-connected', target, local, remote, state };
  return { kind, target, local, remote };
}

function rows(table: string): string[][] {
  try {
    const lines = readFileSync(`/proc/self/net/${table}`, 'utf8').split('\n').slice(1);
    return lines.filter(Boolean).map((line) => line.trim().split(/\s+/));
  } catch {
    return []; // No IPv6 here, say.
  }
}
