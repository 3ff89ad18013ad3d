import workerThreads, { Worker } from 'node:worker_threads';
import { captureOrigin, type Origin } from './origin.js';
import { WeakList } from './weak-list.js';

export interface StartedWorker {
  readonly worker: Worker;
  /** The file that it runs, or `[eval]`. */
  readonly file: string;
  readonly name: string | undefined;
}

const workers = new WeakList<Worker>();
const records = new WeakMap<Worker, Omit<StartedWorker, 'worker'> & { origin: Origin }>();

/** Remembers who starts worker threads. The class stays the same one to `instanceof`. */
export function watchWorkers(): void {
  workerThreads.Worker = new Proxy(Worker, {
    construct(target, args: ConstructorParameters<typeof Worker>, newTarget) {
      const worker: Worker = Reflect.construct(target, args, newTarget);
      const [file, options] = args;
      workers.add(worker);
      records.set(worker, {
        file: options?.eval ? '[eval]' : String(file),
        name: options?.name,
        origin: captureOrigin(),
      });
      return worker;
    },
  });
}

/** Those that run. */
export function runningWorkers(): StartedWorker[] {
  return workers.alive().flatMap((worker) => {
    const record = records.get(worker);
    // A worker that has ended has the thread id -1.
    return record && worker.threadId >= 0 ? [{ worker, ...record }] : [];
  });
}

export function originOfWorker(threadId: number): Origin | undefined {
  const started = runningWorkers().find(({ worker }) => worker.threadId === threadId);
  return started && records.get(started.worker)?.origin;
}
