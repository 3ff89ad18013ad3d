import { closeSync, constants, openSync } from 'node:fs';
import { callNative } from '../native/load.js';

/**
 * Closes what descriptor `fd` refers to. The number stays taken, by /dev/null: whoever still holds
 * it would else write into whatever is opened next, and close it.
 */
export function putNull(fd: number): void {
  const none = openSync('/dev/null', constants.O_RDWR);
  try {
    callNative((addon) => addon.replaceDescriptor(none, fd));
  } finally {
    closeSync(none);
  }
}
