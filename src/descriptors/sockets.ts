import { readFileSync } from 'node:fs';
import type { DescriptorKind } from './descriptor.js';

export interface SocketEntry {
  readonly kind: DescriptorKind;
  readonly target: string;
}

/** TCP_LISTEN of the kernel's net/tcp_states.h, as /proc/net/tcp prints it. */
const TCP_LISTEN = '0A';
/** SO_ACCEPTCON in the flags of /proc/net/unix. */
const UNIX_ACCEPTS = 0x10000;

/** Every socket of our network namespace by inode. proc(5): /proc/net/{tcp,tcp6,udp,udp6,unix} */
export function socketsByInode(): Map<string, SocketEntry> {
  const sockets = new Map<string, SocketEntry>();
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6'] as const) {
    for (const row of rows(table)) {
      const [, local = '', remote = '', state, , , , , , inode = ''] = row;
      const listening = table.startsWith('tcp') && state === TCP_LISTEN;
      const kind = table.startsWith('udp') ? 'udp' : listening ? 'tcp-listening' : 'tcp-connected';
      const from = address(local);
      sockets.set(inode, { kind, target: listening ? from : `${from} -> ${address(remote)}` });
    }
  }
  for (const [, , , flags = '0', , , inode = '', path = 'unnamed'] of rows('unix')) {
    const listening = (Number.parseInt(flags, 16) & UNIX_ACCEPTS) !== 0;
    sockets.set(inode, { kind: listening ? 'unix-listening' : 'unix-connected', target: path });
  }
  return sockets;
}

function rows(table: string): string[][] {
  try {
    const lines = readFileSync(`/proc/self/net/${table}`, 'utf8').split('\n').slice(1);
    return lines.filter(Boolean).map((line) => line.trim().split(/\s+/));
  } catch {
    return []; // No IPv6 here, say.
  }
}

/** `0100007F:1F90` is 127.0.0.1:8080: groups of 32 bits in host order, port in hex. */
function address(text: string): string {
  const [host = '', port = '0'] = text.split(':');
  const groups = host.match(/.{8}/g) ?? [];
  const bytes = groups.flatMap((group) => (group.match(/../g) ?? []).reverse());
  const number = Number.parseInt(port, 16);
  if (bytes.length === 4)
    return `${bytes.map((byte) => Number.parseInt(byte, 16)).join('.')}:${number}`;
  return `[${(bytes.join('').match(/.{4}/g) ?? []).join(':')}]:${number}`;
}
