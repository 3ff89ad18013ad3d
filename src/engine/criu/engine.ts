import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { channel } from '../../native/channel.js';
import { callNative } from '../../native/load.js';
import { launcherPath } from '../../native/package.js';
import type { CheckpointRequest, Engine, Outcome, Support } from '../engine.js';
import { type Answer, EXAMPLE, parseAnswer } from './answer.js';
import { draftManifest } from './draft.js';
import { findSupport } from './support.js';

/**
 * The engine that dumps with CRIU. `checkpoint` blocks the JS thread in one native call: the dump
 * happens inside it, and every restored copy returns from it.
 */
export class CriuEngine implements Engine {
  readonly example: Outcome = EXAMPLE;

  constructor(readonly name: 'map' | 'stream' | 'eager') {}
  isSupported(): Support {
    return findSupport();
  }

  checkpoint(request: CheckpointRequest): Outcome {
    const draft = draftManifest(request);
    const asked = {
      images: request.images,
      engine: this.name,
      criu: request.criu,
      service: request.service,
      encrypt: request.encrypt,
      encryptCommand: request.encryptCommand,
      leaveRunning: request.leaveRunning,
      pad: request.prepared.pad,
      timeoutMs: request.timeoutMs,
      manifest: draft,
    };
    const answer = handOver(asked, request.prepared.parked ?? []);
    if ('reason' in answer) return answer;
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
}

function handOver(
  request: object,
  parked: readonly number[],
): Exclude<Answer, { status: 'failed' }> {
  const text = JSON.stringify(request);
  const answer = parseAnswer(
    callNative((addon) => addon.handover(text, channel(), launcherPath(), parked)),
  );
  if (!('status' in answer) || answer.status === 'resumed') return answer;
  throw new TubthumpError(answer.code, `checkpoint of pid ${process.pid}: ${answer.message}`, {
    log: answer.log,
  });
}
