import { fstatSync, readdirSync, readlinkSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Descriptor, DescriptorKind } from './descriptor.js';
import { type SocketEntry, socketsByInode } from './sockets.js';

const ANONYMOUS: Readonly<Record<string, DescriptorKind>> = {
  '[eventpoll]': 'epoll',
  '[eventfd]': 'eventfd',
  '[timerfd]': 'timerfd',
  '[signalfd]': 'signalfd',
  inotify: 'inotify',
  '[pidfd]': 'pidfd',
  '[io_uring]': 'io_uring',
};

/** Every open descriptor of this process. proc(5): /proc/PID/fd */
export function listDescriptors(): Descriptor[] {
  let sockets: Map<string, SocketEntry> | undefined;
  return readdirSync('/proc/self/fd').flatMap((name) => {
    const fd = Number(name);
    const link = readLink(fd);
    // Without a link it was the descriptor of the listing itself.
    if (link === undefined) return [];
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    if (inode === undefined) return [{ fd, kind: kindOf(fd, link), target: link }];
    sockets ??= socketsByInode();
    return [{ fd, ...(sockets.get(inode) ?? { kind: 'socket' as const, target: link }) }];
  });
}

function readLink(fd: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

function kindOf(fd: number, link: string): DescriptorKind {
  if (link.startsWith('anon_inode:')) return ANONYMOUS[link.slice(11)] ?? 'anonymous';
  if (link.startsWith('pipe:')) return 'pipe';
  if (link.startsWith('/memfd:')) return 'memfd';
  if (link === '/dev/null') return 'null';
  if (isatty(fd)) return 'tty';
  const stat = fstatSync(fd);
  if (stat.isDirectory()) return 'directory';
  if (stat.isFIFO()) return 'pipe';
  return stat.isFile() ? 'file' : 'device';
}
