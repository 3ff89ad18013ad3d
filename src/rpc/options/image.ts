import { directory, fileName, flag, integer, text } from './kinds.js';
import { ALL, BOTH, DUMPS, type Row } from './row.js';

/** Where images and logs go. */
export const IMAGE = {
  /** Directory of the image (CRIU 0.8). */
  imagesDir: { field: 'imagesDirFd', kind: directory, of: ALL },
  /** Directory of log and statistics; default: `imagesDir` (CRIU 1.2). */
  workDir: { field: 'workDirFd', kind: directory, of: ALL },
  /**
   * Image to which this one is the difference, as a path relative to `imagesDir`: that of the
   * pre-dump before (CRIU 1.2).
   */
  parentImg: { field: 'parentImg', kind: text, of: [...DUMPS, 'pageServer'] },
  /**
   * 1 errors, 2 warnings (default), 3 information (default with `pageServer`), 4
   * everything; 4 costs real time (CRIU 0.8).
   */
  logLevel: { field: 'logLevel', kind: integer(0, 4), of: ALL },
  /** Name of a log file in `workDir`; default: through swrk none, it stays in memory (CRIU 0.8). */
  logFile: { field: 'logFile', kind: fileName, of: ALL },
  /** Statistics are written to the log, too; the client returns them anyway (CRIU 3.19). */
  displayStats: { field: 'displayStats', kind: flag, of: [...DUMPS, 'restore'] },
  /**
   * File of options in the words of CRIU's command line. CRIU reads it as root, takes it over all
   * other options and executes the action scripts in it: as much to be trusted as CRIU itself
   * (CRIU 3.11).
   */
  configFile: { field: 'configFile', kind: text, of: ALL },
  /** With the rights of file capabilities instead of root (CRIU 3.18). */
  unprivileged: { field: 'unprivileged', kind: flag, of: ALL },
  /** The write end of a pipe of ours, on which CRIU says that it is ready. Obsolete: use `notify.statusReady` (CRIU 2.11). */
  statusFd: { field: 'statusFd', kind: integer(0), of: BOTH },
} as const satisfies Record<string, Row>;
