import {
  criu_cg_mode as Cgroups,
  type criu_opts,
  criu_network_lock_method as Lock,
} from '../generated/rpc.js';
import {
  choice,
  directory,
  fileName,
  flag,
  inheritFds,
  integer,
  type Kind,
  text,
  texts,
} from './kinds.js';

export type Operation = 'dump' | 'restore';

export interface Row {
  /** Name in criu_opts. */
  readonly field: keyof criu_opts.$Properties;
  readonly kind: Kind<never>;
  readonly of: readonly Operation[];
  /** Refused by `criu service`. */
  readonly swrkOnly?: true;
}

const both = ['dump', 'restore'] as const;
const dump = ['dump'] as const;
const restore = ['restore'] as const;

/** Every option of CRIU that the client offers: the one place where a new one is added. */
export const TABLE = {
  /** Directory of the image. */
  imagesDir: { field: 'imagesDirFd', kind: directory, of: both },
  /** Directory of the log and of statistics; default: `imagesDir`. */
  workDir: { field: 'workDirFd', kind: directory, of: both },
  /** 1 errors, 2 warnings (CRIU's default), 3 information, 4 everything; 4 costs real time. */
  logLevel: { field: 'logLevel', kind: integer(0, 4), of: both },
  /** Name of a log file in `workDir`; default: through swrk none, the log stays in memory. */
  logFile: { field: 'logFile', kind: fileName, of: both },

  /** Root of the process tree to dump. */
  pid: { field: 'pid', kind: integer(1), of: dump },
  /** The tree goes on after the dump. */
  leaveRunning: { field: 'leaveRunning', kind: flag, of: dump },
  /** The tree is stopped after the dump. */
  leaveStopped: { field: 'leaveStopped', kind: flag, of: dump },
  /** Session and terminal belong to somebody outside the tree. */
  shellJob: { field: 'shellJob', kind: flag, of: both },
  /** With the rights of file capabilities instead of root. */
  unprivileged: { field: 'unprivileged', kind: flag, of: both },
  /** Another root directory for the tree. */
  root: { field: 'root', kind: text, of: both },

  /** Established TCP connections are dumped and restored. */
  tcpEstablished: { field: 'tcpEstablished', kind: flag, of: both },
  /** Established TCP connections come back closed. */
  tcpClose: { field: 'tcpClose', kind: flag, of: both },
  /** Connections that nobody has accepted yet are left out. */
  tcpSkipInFlight: { field: 'tcpSkipInFlight', kind: flag, of: dump },
  /** How packets are kept away while connections are dumped. */
  networkLock: {
    field: 'networkLock',
    kind: choice({ iptables: Lock.IPTABLES, nftables: Lock.NFTABLES, skip: Lock.SKIP }),
    of: both,
  },
  /** Unix sockets may have their peers outside the tree. */
  extUnixSk: { field: 'extUnixSk', kind: flag, of: both },

  /** File locks are dumped and taken again. */
  fileLocks: { field: 'fileLocks', kind: flag, of: both },
  /** Deleted files that have other names are linked under a temporary name. */
  linkRemap: { field: 'linkRemap', kind: flag, of: both },
  /** Largest deleted file that is kept in the image, in bytes. */
  ghostLimit: { field: 'ghostLimit', kind: integer(0), of: dump },
  /** Files may have other access rights than at the dump. */
  skipFileRwxCheck: { field: 'skipFileRwxCheck', kind: flag, of: restore },
  /** What stays outside the image: `unix[INODE]`, `mnt[PATH]:KEY`, `file[MNT:INODE]` … */
  external: { field: 'external', kind: texts, of: both },

  /** Descriptors that take the place of dumped ones. */
  inheritFd: { field: 'inheritFd', kind: inheritFds, of: restore, swrkOnly: true },
  /** The restored root becomes a child of this process, which has to reap it. */
  rstSibling: { field: 'rstSibling', kind: flag, of: restore, swrkOnly: true },

  /** What of control groups is dumped and restored. */
  manageCgroups: {
    field: 'manageCgroupsMode',
    kind: choice({
      ignore: Cgroups.IGNORE,
      none: Cgroups.CG_NONE,
      props: Cgroups.PROPS,
      soft: Cgroups.SOFT,
      full: Cgroups.FULL,
      strict: Cgroups.STRICT,
      default: Cgroups.DEFAULT,
    }),
    of: both,
  },
} as const satisfies Record<string, Row>;

type Table = typeof TABLE;
type ValueOf<R> = R extends { readonly kind: Kind<infer T> } ? T : never;

/** The options of one operation, by type. */
export type OptionsOf<O extends Operation> = {
  readonly [Name in keyof Table as O extends Table[Name]['of'][number] ? Name : never]?:
    | ValueOf<Table[Name]>
    | undefined;
};
