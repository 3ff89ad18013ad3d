import cluster from 'node:cluster';
import type { Holding } from './holding.js';

/** The primary of a cluster with workers, or one of its workers: they share their sockets. */
export function listCluster(): Holding[] {
  const workers = Object.keys(cluster.workers ?? {}).length;
  if (cluster.isWorker) return [{ kind: 'cluster', target: 'worker, with sockets of the primary' }];
  if (workers === 0) return [];
  return [{ kind: 'cluster', target: `primary with ${workers} worker${workers === 1 ? '' : 's'}` }];
}
