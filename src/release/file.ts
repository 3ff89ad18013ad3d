import { constants, readFileSync } from 'node:fs';
import { TubthumpError } from '../errors/index.js';
import { callNative } from '../native/load.js';
import { statOf } from '../process/special-files.js';
import { putNull } from './placeholder.js';

/** Closes a file, and opens it again under its number, with its flags and at its offset. */
export function reopenLater(fd: number, path: string): () => void {
  const { flags, offset } = stateOf(fd);
  const mode = Number(statOf(fd).mode);
  putNull(fd);
  // A log that is appended to may begin anew, as in a fresh container; any other file is missed.
  const create = flags & constants.O_APPEND ? constants.O_CREAT : 0;
  return () => {
    try {
      callNative((addon) => addon.reopenFile(path, flags | create, mode & 0o777, offset, fd));
    } catch (cause) {
      throw new TubthumpError('ERR_TUBTHUMP_REOPEN', `fd ${fd}: ${messageOf(cause)}`, { cause });
    }
  };
}

/** proc(5), /proc/PID/fdinfo: flags in octal, without those that only matter to open(2). */
function stateOf(fd: number): { readonly flags: number; readonly offset: number } {
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(info)?.[1] ?? '0';
  return { flags: Number.parseInt(field('flags'), 8), offset: Number(field('pos')) };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
