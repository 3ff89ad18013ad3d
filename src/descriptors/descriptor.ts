/** What a file descriptor of this process refers to, as the dump sees it. */
export type DescriptorKind =
  | 'file'
  | 'directory'
  | 'null'
  | 'device'
  | 'tty'
  | 'pipe'
  | 'tcp-listening'
  | 'tcp-connected'
  | 'udp'
  | 'unix-listening'
  | 'unix-connected'
  | 'socket'
  | 'epoll'
  | 'eventfd'
  | 'timerfd'
  | 'signalfd'
  | 'inotify'
  | 'pidfd'
  | 'io_uring'
  | 'memfd'
  | 'anonymous';

export interface Descriptor {
  readonly fd: number;
  readonly kind: DescriptorKind;
  /** Path, or addresses as `local -> remote`, or what /proc calls it. */
  readonly target: string;
}
