import { listChildren } from './children.js';
import { listCluster } from './cluster.js';
import type { Holding } from './holding.js';
import { listDescriptors } from './list.js';
import { listMappings } from './mappings.js';
import { listWorkers } from './threads.js';

/** Everything that this process holds and that matters to an image of it. */
export function listHoldings(): Holding[] {
  const cluster = listCluster();
  return [
    ...cluster,
    ...listWorkers(),
    // A cluster's children are its workers.
    ...(cluster.length > 0 ? [] : listChildren()),
    ...listMappings(),
    ...listDescriptors(),
  ];
}
