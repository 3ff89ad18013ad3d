import { type BigIntStats, readdirSync, readlinkSync } from 'node:fs';
import { statOf } from '../process/special-files.js';
import type { Holding, Kind } from './holding.js';
import { type SocketEntry, socketsByInode } from './sockets.js';

const ANONYMOUS: Readonly<Record<string, Kind>> = {
  '[eventpoll]': 'epoll',
  '[eventfd]': 'eventfd',
  '[timerfd]': 'timerfd',
  '[signalfd]': 'signalfd',
  '[fanotify]': 'fanotify',
  inotify: 'inotify',
  '[pidfd]': 'pidfd',
  '[io_uring]': 'io_uring',
};

/** Major numbers of terminals: /dev/tty, consoles, pseudoterminals. Linux's devices.txt. */
const TERMINALS = new Set([4, 5, 136, 137, 138, 139, 140, 141, 142, 143]);
const DELETED = ' (deleted)';

/** Every open descriptor of this process. proc(5): /proc/PID/fd */
export function listDescriptors(): Holding[] {
  let sockets: Map<string, SocketEntry> | undefined;
  return readdirSync('/proc/self/fd').flatMap((name) => {
    const fd = Number(name);
    const link = readLink(fd);
    // Without a link it was the descriptor of the listing itself.
    if (link === undefined) return [];
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    if (inode === undefined) return [{ fd, ...describeLink(fd, link) }];
    sockets ??= socketsByInode();
    const entry = sockets.get(inode) ?? { kind: 'socket' as const, target: link };
    return [{ fd, inode, ...entry }];
  });
}

function readLink(fd: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

function describeLink(fd: number, link: string): Omit<Holding, 'fd'> {
  if (link.startsWith('anon_inode:')) {
    return { kind: ANONYMOUS[link.slice(11)] ?? 'anonymous', target: link };
  }
  const stat = statOf(fd);
  if (link.startsWith('pipe:')) return { kind: 'pipe', target: link, inode: String(stat.ino) };
  // Since Linux 6.9 pidfds have a filesystem of their own.
  if (link.startsWith('pidfd:')) return { kind: 'pidfd', target: link };
  if (link.startsWith('/memfd:')) return { kind: 'memfd', target: link };
  if (link === '/dev/null') return { kind: 'null', target: link, path: link };
  const path = link.endsWith(DELETED) ? link.slice(0, -DELETED.length) : link;
  if (stat.isFile() && link.endsWith(DELETED)) {
    const deleted = {
      kind: 'deleted-file',
      target: path,
      path,
      size: Number(stat.blocks) * 512,
    } as const;
    return stat.nlink === 0n ? deleted : { ...deleted, state: 'has other names' };
  }
  return { kind: kindOf(stat), target: link, path };
}

function kindOf(stat: BigIntStats): Kind {
  if (stat.isDirectory()) return 'directory';
  if (stat.isFIFO()) return 'fifo';
  if (stat.isFile()) return 'file';
  return TERMINALS.has(Number(stat.rdev >> 8n)) && stat.isCharacterDevice() ? 'tty' : 'device';
}
