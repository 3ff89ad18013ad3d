import { CheckpointError, nameResource } from '../errors/index.js';
import type { Gate } from './gate.js';
import type { MayRun, WorkerResource } from './worker.js';

const workers = new Set<WorkerResource>();

/** A worker that this thread has started takes part from now on. */
export function addWorker(worker: WorkerResource): void {
  workers.add(worker);
}

export function removeWorker(worker: WorkerResource): void {
  workers.delete(worker);
}

/**
 * Makes the workers of this thread, and theirs, wait at a gate.
 * @throws CheckpointError naming those that do not come
 */
export async function holdWorkers(gate: Gate, mayRun: MayRun = () => false): Promise<void> {
  const results = await Promise.allSettled([...workers].map((worker) => worker.hold(gate, mayRun)));
  const late = [...workers].flatMap((worker, index) => {
    const result = results[index];
    return result?.status === 'rejected' ? [nameResource(result.reason, worker.name)] : [];
  });
  if (late.length > 0) throw new CheckpointError(late);
}
