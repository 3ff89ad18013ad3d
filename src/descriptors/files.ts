import type { Holding } from './holding.js';
import { closable, RESTORABLE, refused, type Verdict } from './verdict.js';

/** CRIU puts a deleted file into the image up to this size on disk (DEFAULT_GHOST_LIMIT). */
export const GHOST_LIMIT = 1 << 20;

/** The `mem` devices (major 1) that CRIU opens again by path: null, zero, full, random, urandom. */
const PLAIN_DEVICES = /^\/dev\/(?:null|zero|full|random|urandom)$/;

export function judgeDeletedFile({ size = 0, state }: Holding): Verdict {
  if (state) return closable('the deleted file has other names: close it in beforeCheckpoint');
  if (size <= GHOST_LIMIT) return RESTORABLE;
  return closable(`a deleted file of ${megabytes(size)} is too big for an image (1 MB)`);
}

export function judgeMapping({ size = 0, path }: Holding): Verdict {
  if (size <= GHOST_LIMIT) return RESTORABLE;
  return refused(
    `${path} was replaced or deleted after it was loaded, and ${megabytes(size)} are too much for an image (1 MB): start the service again`,
  );
}

export function judgeDevice({ path = '' }: Holding): Verdict {
  if (PLAIN_DEVICES.test(path)) return RESTORABLE;
  return closable('close the device in beforeCheckpoint and open it again in afterRestore');
}

function megabytes(size: number): string {
  return `${(size / 1e6).toFixed(1)} MB`;
}
