import { randomUUID } from 'node:crypto';
import type { CheckpointRequest, Engine, Outcome, Support } from './engine.js';

/** An outcome without an image: the process itself goes on. */
export function resumeWithoutImage(checkpointedAt: number): Outcome {
  return {
    reason: 'resumed',
    imageId: randomUUID(),
    generation: 0,
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

  checkpoint(_request: CheckpointRequest): Outcome {
    return resumeWithoutImage(Date.now());
  }
}
