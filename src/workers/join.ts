import { subscribe } from 'node:diagnostics_channel';
import { isMainThread, type Worker } from 'node:worker_threads';
import { getGlobalContext, ParallelContext } from '../context/index.js';
import { openerOf } from '../origins/opener.js';
import { captureOrigin } from '../origins/origin.js';
import { attachToParent } from './attach.js';
import { addWorker, removeWorker } from './hold.js';
import { WorkerResource } from './worker.js';

/** Shared by all copies of this package in a thread; the number is that of the protocol. */
const KEY = Symbol.for('tubthump.workers.1');
const shared = globalThis as { [KEY]?: true };

/**
 * From now on the workers that this thread starts are checkpointed with it, and if it is a worker
 * itself, it is with the thread that started it. Costs nothing until there is a worker.
 */
export function joinThreads(): void {
  if (shared[KEY]) return;
  shared[KEY] = true;
  let workers: ParallelContext | undefined;
  // worker_threads publishes every new Worker here, before its thread runs.
  subscribe('worker_threads', (message) => {
    const { worker } = message as { worker: Worker };
    if (!workers) {
      workers = new ParallelContext({ name: 'workers' });
      // The innermost phase that there is: what hooks of this thread need a worker for is done.
      getGlobalContext().register(workers, { phase: 'servers' });
    }
    const resource = new WorkerResource(worker, openerOf(captureOrigin())?.at);
    const { unregister } = workers.register(resource, { name: resource.name });
    addWorker(resource);
    worker.once('exit', () => {
      unregister();
      removeWorker(resource);
      resource.end();
    });
  });
  if (!isMainThread) attachToParent();
}
