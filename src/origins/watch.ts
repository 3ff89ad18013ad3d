import { syncBuiltinESMExports } from 'node:module';
import type { Holding } from '../descriptors/holding.js';
import { originOfChild, watchChildren } from './children.js';
import { originOfFile, watchFiles } from './files.js';
import { type Opener, openerOf } from './opener.js';
import type { Origin } from './origin.js';
import { originOfSocket, watchSockets } from './sockets.js';
import { originOfWorker, watchWorkers } from './workers.js';

let watching = false;

/**
 * From now on what is opened is remembered with its stack. To be called early; later calls do
 * nothing. Measured with benchmarks/origins.mjs on Node 20, 20 frames deep, processor time: a
 * connection over loopback (both ends) takes 112 us without and 146 us with it, so sockets, children
 * and workers are always remembered. Opening and closing a file takes 1.7 us without and 11 us with
 * it, so files are remembered on demand.
 */
export function watchOrigins({ files }: { readonly files: boolean }): void {
  if (watching) return;
  watching = true;
  if (files) watchFiles();
  watchSockets();
  watchChildren();
  watchWorkers();
  // `import { openSync } from 'node:fs'` is to find the wrapper too.
  syncBuiltinESMExports();
}

/** Who opened it; undefined when it was opened by native code, or before we were there. */
export function findOpener(holding: Holding): Opener | undefined {
  const origin = findOrigin(holding);
  return origin && openerOf(origin);
}

function findOrigin({ fd, path, pid, threadId, kind }: Holding): Origin | undefined {
  if (pid !== undefined) return originOfChild(pid);
  if (threadId !== undefined) return originOfWorker(threadId);
  if (fd === undefined) return undefined;
  const file = kind.startsWith('unix-') ? undefined : path;
  return file === undefined ? originOfSocket(fd) : originOfFile(fd, file);
}
