import { bits, flag, integer, text, texts } from './kinds.js';
import { BOTH, DUMP, DUMPS, RESTORE, type Row } from './row.js';

/** CPU_CAP_ bits of CRIU's criu/include/cr_options.h. */
const CPU_CAPS = { none: 0, fpu: 1, cpu: 2, ins: 4, all: 7 } as const;

/** Which processes, and what becomes of them. */
export const PROCESS = {
  /** Root of the process tree to dump (CRIU 0.8). */
  pid: { field: 'pid', kind: integer(1), of: DUMPS },
  /** The tree goes on after the dump; default: it is killed (CRIU 0.8). */
  leaveRunning: { field: 'leaveRunning', kind: flag, of: DUMP },
  /** The tree is stopped after the dump or the restore, as by SIGSTOP (CRIU 3.19). */
  leaveStopped: { field: 'leaveStopped', kind: flag, of: BOTH },
  /** Limit for stopping the tree, in seconds (default 10) (CRIU 2.4). */
  freezeTimeout: { field: 'timeout', kind: integer(1), of: DUMPS },
  /** A freezer control group with all of the tree, by its path in the file system (CRIU 2.4). */
  freezeCgroup: { field: 'freezeCgroup', kind: text, of: DUMPS },
  /**
   * Socket of ours (unix, SOCK_DGRAM, a name of the kernel's) that keeps pidfds between pre-dumps, so
   * that a pid that was used again is seen (CRIU 3.16).
   */
  pidfdStoreSk: { field: 'pidfdStoreSk', kind: integer(0), of: DUMPS },
  /** Session and terminal belong to somebody outside the tree: those of CRIU at restore (CRIU 0.8). */
  shellJob: { field: 'shellJob', kind: flag, of: BOTH },
  /**
   * The master of a terminal whose master is outside the tree is made anew: it arrives with the
   * notification `orphanPtsMaster` (CRIU 2.12).
   */
  orphanPtsMaster: { field: 'orphanPtsMaster', kind: flag, of: BOTH },
  /** The restored root becomes a child of this process, which has to reap it (CRIU 1.3.1, swrk only). */
  rstSibling: { field: 'rstSibling', kind: flag, of: RESTORE, swrkOnly: true },
  /**
   * Program and arguments that CRIU executes as itself when the restore is done, with the log as
   * stdout and stderr (CRIU 1.3).
   */
  execCmd: { field: 'execCmd', kind: texts, of: RESTORE },
  /**
   * What of the processor has to be the same: `fpu`, `ins` (instructions), `cpu` (all), `all`, `none`;
   * default `fpu` and `ins`. Whatever is given also demands cpuinfo in the image (CRIU 1.3).
   */
  cpuCap: { field: 'cpuCap', kind: bits(CPU_CAPS), of: [...BOTH, 'cpuinfoDump', 'cpuinfoCheck'] },
} as const satisfies Record<string, Row>;
