import { withoutPrefix } from './log.js';

/** A cause of failures, by what CRIU 4.2 logs of it, and what to do. */
export interface Remedy {
  readonly cause: string;
  readonly log: RegExp;
  /** In the words of `CriuClient`'s options. */
  readonly remedy: string;
}

/** Known causes. Where a log has several, the row further up is closer to the root. */
export const REMEDIES: readonly Remedy[] = [
  {
    cause: 'tcp-established',
    log: /Connected TCP socket( in image|, consider)/,
    remedy:
      'Connections are open: `tcpEstablished` at dump and restore keeps them, `tcpClose` closes them in the copy.',
  },
  {
    cause: 'iptables-missing',
    log: /Iptables configuration failed|iptables-restore returned/,
    remedy:
      "CRIU keeps packets away with the program iptables, which failed: `networkLock: 'nftables'` needs no program, `'skip'` is for when nobody sends.",
  },
  {
    cause: 'nftables-missing',
    log: /(Locking (network|connection) failed using nftables|built without libnftables)/,
    remedy:
      "This CRIU or kernel cannot keep packets away with nftables: `networkLock: 'iptables'`, or `'skip'` when nobody sends.",
  },
  {
    cause: 'unix-half',
    log: /Can't dump half of stream unix connection/,
    remedy:
      'A unix stream connection leaves the tree: name its socket in `external` as `unix[INODE]` and replace it at restore with `inheritFd`, or dump its other end, too.',
  },
  {
    cause: 'unix-external',
    log: /External socket (is used|found in image)/,
    remedy:
      'A unix socket has its peer outside the tree: `external: ["unix[INODE]"]` with `inheritFd`, or `extUnixSk` for datagram sockets with a name.',
  },
  {
    cause: 'file-locks',
    log: /Some file locks are hold by dumping tasks/,
    remedy: 'The tree holds file locks: give `fileLocks` at dump and restore.',
  },
  {
    cause: 'ghost-limit',
    log: /Can't dump ghost file .* increase limit/,
    remedy: 'A deleted file is open and larger than `ghostLimit` (1 MiB): raise it, in bytes.',
  },
  {
    cause: 'link-remap',
    log: /Can't create link remap/,
    remedy: 'A deleted file has other names: give `linkRemap`.',
  },
  {
    cause: 'shell-job',
    log: /is not a session leader|A session leader of .* is outside/,
    remedy:
      'The session of the tree began outside it: `shellJob` at dump and restore, or start it with setsid(1).',
  },
  {
    cause: 'terminal',
    log: /Found (slave peer index|dangling tty)/,
    remedy:
      'Its terminal belongs to somebody outside: `shellJob` where copies are started on a terminal, `external: ["tty[RDEV:DEV]"]` with `inheritFd`, or `orphanPtsMaster`.',
  },
  {
    cause: 'external-file',
    log: /Can't lookup mount=\d+ for fd=/,
    remedy:
      'A file was opened in another mount namespace: `external: ["file[MNT_ID:INODE]"]` with `inheritFd`, or start the tree with such files closed.',
  },
  {
    cause: 'file-size',
    log: /File .* has bad size/,
    remedy:
      'A file has grown or shrunk since the dump: put it back, or replace the descriptor with `inheritFd`.',
  },
  {
    cause: 'file-mode',
    log: /File .* has bad mode/,
    remedy:
      'A file has other access rights than at the dump: put them back, or give `skipFileRwxCheck`.',
  },
  {
    cause: 'file-build-id',
    log: /File .* has bad build-ID/,
    remedy: 'A program or library was replaced since the dump: put it back, or dump again.',
  },
  {
    cause: 'file-missing',
    log: /Can't open file .* on restore: No such file|File .* could not be opened: No such file/,
    remedy: 'A file that was open at the dump is not there: put it back, or use `inheritFd`.',
  },
  {
    cause: 'io-uring',
    log: /send_fds failed \(-22\)/,
    remedy:
      'It has a descriptor that cannot be passed on, as those of io_uring: Node and others go without where io_uring_setup(2) is blocked, `tubthump run` does that.',
  },
  {
    cause: 'device',
    log: /Can't dump file \d+ of that type/,
    remedy:
      'It has a device or another kind of file open that CRIU cannot dump: close it before, or name it in `external` and give it back with `inheritFd`.',
  },
  {
    cause: 'traced',
    log: /Unable to interrupt task: \d+ \(Operation not permitted\)/,
    remedy:
      'A debugger or tracer holds the process, or you may not trace it: see TracerPid in /proc/PID/status.',
  },
  {
    cause: 'no-process',
    log: /Unable to interrupt task: \d+ \(No such process/,
    remedy: 'There is no such process here: pids are those of the pid namespace of CRIU.',
  },
  {
    cause: 'pid-taken',
    log: /Can't fork for \d+: File exists|Pid \d+ do not match expected/,
    remedy:
      'A pid of the copy is taken, also by a zombie, or as the group or session of one: reap or end that process, or restore in a fresh pid namespace.',
  },
  {
    cause: 'no-image',
    log: /Unexpected EOF on \(empty-image\)|Can't open file inventory\.img/,
    remedy: 'There is no complete image in `imagesDir`: CRIU found no inventory.img.',
  },
  {
    cause: 'page-server-unreachable',
    log: /Can't connect to server/,
    remedy:
      'Nobody listens at `pageServer`: it serves one connection and ends, so start one for each dump.',
  },
  {
    cause: 'tls',
    log: /TLS handshake failed|Unable to verify TLS peer|tls: Invalid certificate|Failed to set certificate/,
    remedy:
      'The two ends do not trust each other: look at `tlsCacert`, `tlsCert` and `tlsKey` of both; the certificate has to name `address`, unless `tlsNoCnVerify`.',
  },
];

/** The known cause in a log, and the line that tells it, as `firstError` has it. */
export function knownCause(
  log: string,
): { readonly line: string; readonly remedy: string } | undefined {
  const lines = log.split('\n');
  for (const { log: pattern, remedy } of REMEDIES) {
    const line = lines.find((it) => pattern.test(it));
    if (line !== undefined) return { line: withoutPrefix(line), remedy };
  }
  return undefined;
}
