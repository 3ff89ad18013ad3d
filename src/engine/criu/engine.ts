import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { loadAddon } from '../../native/load.js';
import { launcherPath } from '../../native/package.js';
import type { CheckpointRequest, Engine, Outcome, Support } from '../engine.js';
import { type Answer, parseAnswer } from './answer.js';
import { draftManifest } from './draft.js';
import { findSupport } from './support.js';

/**
 * The engine that dumps with CRIU. `checkpoint` blocks the JS thread in one native call: the dump
 * happens inside it, and every restored copy returns from it.
 */
export class CriuEngine implements Engine {
  readonly name = 'criu';
  #generation = 0;

  isSupported(): Support {
    return findSupport();
  }

  checkpoint(request: CheckpointRequest): Outcome {
    const draft = draftManifest(request, this.#generation);
    const answer = handOver({
      images: request.images,
      criu: request.criu,
      leaveRunning: request.leaveRunning,
      timeoutMs: request.timeoutMs,
      manifest: draft,
    });
    if (answer.status === 'resumed') {
      return {
        reason: 'resumed',
        imageId: draft.id,
        generation: draft.generation,
        cloneId: null,
        checkpointedAt: draft.createdAt,
        environment: null,
        args: [],
        strict: false,
      };
    }
    this.#generation = answer.generation;
    const { status: reason, ...rest } = answer;
    return { reason, ...rest };
  }
}

function handOver(request: object): Exclude<Answer, { status: 'failed' }> {
  const answer = parseAnswer(loadAddon().handover(JSON.stringify(request), launcherPath()));
  if (answer.status !== 'failed') return answer;
  throw new TubthumpError(answer.code, `checkpoint of pid ${process.pid}: ${answer.message}`, {
    log: answer.log,
  });
}
