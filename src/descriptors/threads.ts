import { fileURLToPath } from 'node:url';
import { runningWorkers } from '../origins/workers.js';
import type { Holding } from './holding.js';

/** Worker threads that the application started. */
export function listWorkers(): Holding[] {
  return runningWorkers().map(({ worker: { threadId }, file, name }) => ({
    kind: 'worker',
    threadId,
    target: `${threadId}${name ? ` "${name}"` : ''} ${file}`,
    path: file.startsWith('file://') ? fileURLToPath(file) : file,
  }));
}
