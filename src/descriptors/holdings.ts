import { listChildren } from './children.js';
import { listCluster } from './cluster.js';
import type { Holding } from './holding.js';
import { listDescriptors } from './list.js';
import { listMappings } from './mappings.js';
import { listWorkers } from './threads.js';

/** Everything that this process holds and that matters to an image of it. */
export function listHoldings(): Holding[] {
  return [
    ...listCluster(),
    ...listWorkers(),
    ...listChildren(),
    ...listMappings(),
    ...listDescriptors(),
  ];
}
