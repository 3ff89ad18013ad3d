import { flag, integer, texts } from './kinds.js';
import { inheritFds } from './parts.js';
import { BOTH, DUMP, DUMPS, RESTORE, type Row } from './row.js';

/** Open files, and what of them stays outside. */
export const FILES = {
  /**
   * What stays outside the image: `unix[INODE]`, `file[MNT_ID:INODE]`, `tty[RDEV:DEV]`,
   * `mnt[PATH]:KEY`, `net[INODE]:KEY`, `pid[INODE]:KEY`; at restore `mnt[KEY]:PATH`,
   * `veth[IN]:OUT@BRIDGE`, `macvlan[IN]:OUT`, `dev[KEY]:PATH` (CRIU 2.0).
   */
  external: { field: 'external', kind: texts, of: BOTH },
  /** Descriptors of ours that take the place of dumped ones (CRIU 1.5.1, swrk only). */
  inheritFd: { field: 'inheritFd', kind: inheritFds, of: RESTORE, swrkOnly: true },
  /** File locks are dumped and taken again; nobody outside the tree may hold one of them (CRIU 0.8). */
  fileLocks: { field: 'fileLocks', kind: flag, of: BOTH },
  /** Deleted files that have other names are linked under a temporary name (CRIU 1.2). */
  linkRemap: { field: 'linkRemap', kind: flag, of: BOTH },
  /** Largest deleted file that is kept in the image, in bytes (default 1 MiB) (CRIU 1.7). */
  ghostLimit: { field: 'ghostLimit', kind: integer(0), of: DUMP },
  /** Devices may be opened by another path than they were (CRIU 0.8). */
  evasiveDevices: { field: 'evasiveDevices', kind: flag, of: BOTH },
  /** Files may have other access rights than at the dump (CRIU 3.18). */
  skipFileRwxCheck: { field: 'skipFileRwxCheck', kind: flag, of: RESTORE },
  /** Names of watched files (inotify, fanotify) are searched for by inode, always (CRIU 1.3). */
  forceIrmap: { field: 'forceIrmap', kind: flag, of: DUMPS },
  /** Directories in which they are searched for first (CRIU 1.8). */
  irmapScanPaths: { field: 'irmapScanPaths', kind: texts, of: DUMPS },
} as const satisfies Record<string, Row>;
