import { type BigIntStats, fstatSync, statSync, unlinkSync } from 'node:fs';

// What may be a pipe or a socket is asked with 64-bit numbers: the other calls leave their answer in
// a buffer from which Node's realpathSync takes the type of the directories that it has in its cache
// (nodejs/node#51142). Module paths are then no longer resolved, and an application that comes by a
// symbolic link has its packages twice. `rmSync` looks at what it removes, too.

/** @throws ErrnoException EBADF */
export function statOf(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

/** undefined: there is nothing. */
export function statAt(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

/** Removes a socket, if there is one. */
export function removeSocket(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
