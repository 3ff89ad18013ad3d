import { isatty } from 'node:tty';
import { statOf } from '../../process/special-files.js';

/** What Node makes of a stdio descriptor: `file` is everything that is written synchronously. */
export type StdioKind = 'tty' | 'pipe' | 'file';

export function kindOf(fd: number): StdioKind {
  if (isatty(fd)) return 'tty';
  const stat = statOf(fd);
  return stat.isFIFO() || stat.isSocket() ? 'pipe' : 'file';
}
