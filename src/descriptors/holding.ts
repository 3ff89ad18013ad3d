/** Everything that a process can hold and that a checkpoint has to have an opinion on. */
export const KINDS = [
  'file',
  'deleted-file',
  'directory',
  'null',
  'device',
  'tty',
  'pipe',
  'fifo',
  'tcp-listening',
  'tcp-connected',
  'udp',
  'raw',
  'netlink',
  'packet',
  'unix-listening',
  'unix-connected',
  'socket',
  'epoll',
  'eventfd',
  'timerfd',
  'signalfd',
  'inotify',
  'fanotify',
  'pidfd',
  'io_uring',
  'memfd',
  'anonymous',
  'mapping',
  'shared-memory',
  'child',
  'worker',
  'cluster',
] as const;

export type Kind = (typeof KINDS)[number];

/** One thing that this process holds, as the kernel (or Node, for workers) shows it. */
export interface Holding {
  readonly kind: Kind;
  /** Number of the descriptor; children, workers and mappings have none. */
  readonly fd?: number;
  /** What to call it: a path, `local -> remote`, a command line, or what /proc says. */
  readonly target: string;
  /** Of files, devices, unix sockets and mappings. Of children the program, of workers the file. */
  readonly path?: string;
  /** `address:port`, of sockets that have one. */
  readonly local?: string;
  readonly remote?: string;
  /** Of connections, as ss(8) names it. */
  readonly state?: string;
  /** Of sockets and pipes: the number that their two ends or several holders know them by. */
  readonly inode?: string;
  /** In bytes, of deleted files: these have to go into the image. */
  readonly size?: number;
  /** Command line of a child. */
  readonly command?: string;
  /** Of children. */
  readonly pid?: number;
  /** Of workers. */
  readonly threadId?: number;
}

/** `fd 23 tcp-connected 127.0.0.1:5000 -> 127.0.0.1:5432 established` */
export function describe({ fd, kind, target, state }: Holding): string {
  const number = fd === undefined ? '' : `fd ${fd} `;
  return `${number}${kind} ${target}${state === undefined ? '' : ` ${state}`}`;
}
