import { isIPv6 } from 'node:net';
import type { FileEntry, InetSocket, UnixSocket } from '../images/messages.js';

/** What is behind a descriptor. */
export interface OpenFile {
  /** CRIU's fd_types, in lower case: reg, inetsk, unixsk, eventpoll … */
  readonly kind: string;
  /** Path, address, or what else tells it from others; empty when nothing does. */
  readonly name: string;
}

export function describeFile(file: FileEntry | undefined): OpenFile {
  if (!file) return { kind: 'unknown', name: '' };
  return { kind: file.type.toLowerCase(), name: nameOf(file) };
}

function nameOf({ reg, isk, usk, pipe, fifo, epfd, ify }: FileEntry): string {
  if (reg) return reg.name;
  if (isk) return inetName(isk);
  if (usk) return unixName(usk);
  if (pipe) return `pipe ${pipe.pipe_id}`;
  if (fifo) return `fifo ${fifo.pipe_id}`;
  if (epfd) return `watches ${epfd.tfd.length}`;
  if (ify) return `watches ${ify.wd.length}`;
  return '';
}

/** TCP_LISTEN and TCP_ESTABLISHED of net/tcp_states.h; ip(7) numbers its protocols. */
const STATES: Readonly<Record<number, string>> = { 1: 'connected', 10: 'listens' };
const PROTOCOLS: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp' };

function inetName(socket: InetSocket): string {
  const protocol = PROTOCOLS[socket.proto] ?? `protocol ${socket.proto}`;
  const from = `${addressOf(socket.src_addr)}:${socket.src_port}`;
  const to = socket.dst_port ? ` to ${addressOf(socket.dst_addr)}:${socket.dst_port}` : '';
  const state = socket.proto === 6 ? ` ${STATES[socket.state] ?? `state ${socket.state}`}` : '';
  return `${protocol} ${from}${to}${state}`;
}

/** The numbers are in network byte order, as they lie in memory. */
function addressOf(words: readonly number[]): string {
  const bytes = Buffer.from(Uint32Array.from(words).buffer);
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: bytes.length >> 1 }, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  ).join(':');
  const url = isIPv6(groups) ? new URL(`http://[${groups}]`).hostname : groups;
  return url;
}

function unixName({ name, peer, ino }: UnixSocket): string {
  const text = Buffer.from(name).toString('utf8');
  if (text.startsWith('\0')) return `@${text.slice(1)}`;
  const path = text.replace(/\0+$/, '');
  return path || (peer ? `${ino} to ${peer}` : `${ino}`);
}
