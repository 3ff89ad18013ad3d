import process from 'node:process';
import { statOf } from '../process/special-files.js';

let known: number | undefined;

/**
 * Number of the descriptor that the launcher left us as its channel, or -1. It stays the same in
 * restored copies. Taken out of the environment at the first call: to our children it would name a
 * descriptor that they do not have.
 */
export function channel(): number {
  known ??= takeChannel();
  return known;
}

function takeChannel(): number {
  const number = Number(process.env.TUBTHUMP_CHANNEL ?? -1);
  delete process.env.TUBTHUMP_CHANNEL;
  return Number.isInteger(number) && number > 2 && isSocket(number) ? number : -1;
}

function isSocket(fd: number): boolean {
  try {
    return statOf(fd).isSocket();
  } catch {
    return false;
  }
}
