import { randomUUID } from 'node:crypto';
import type { CheckpointRequest, Engine, Outcome, Support } from './engine.js';

/** An outcome without an image: the process itself goes on. */
export function resumeWithoutImage(
  { generation }: CheckpointRequest,
  checkpointedAt: number,
): Outcome {
  return {
    reason: 'resumed',
    imageId: randomUUID(),
    generation,
    cloneId: null,
    checkpointedAt,
    environment: null,
    args: [],
    strict: false,
  };
}

/** Runs the hooks and nothing between them, so that they can be tested wherever Node runs. */
export class SimulateEngine implements Engine {
  readonly name = 'simulate';

  isSupported(): Support {
    return { supported: true };
  }

  checkpoint(request: CheckpointRequest): Outcome {
    return resumeWithoutImage(request, Date.now());
  }
}
