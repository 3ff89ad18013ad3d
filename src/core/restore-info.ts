import { hostname } from 'node:os';
import process from 'node:process';
import type { CopyPlace, RestoreInfo } from '../context/index.js';
import type { Outcome } from '../engine/engine.js';
import { currentEnvironment, type Environment } from '../process/environment.js';
import { environmentChange } from './environment-change.js';

/** What was known before the freeze. */
interface Before {
  /** Wall clock, ms since the epoch. */
  readonly startedAt: number;
  readonly environment: Environment;
  readonly generation: number;
}

/** What hooks are told when the process goes on; no outcome: there was no freeze. */
export function restoreInfo(outcome: Outcome | undefined, before: Before): RestoreInfo {
  const checkpointedAt = outcome?.checkpointedAt ?? before.startedAt;
  const common = {
    generation: outcome?.generation ?? before.generation,
    checkpointedAt,
    downtimeMs: Math.max(0, Date.now() - checkpointedAt),
    environment: environmentChange(before.environment, currentEnvironment()),
    args: Object.freeze([...(outcome?.args ?? [])]),
  };
  if (!outcome) return { reason: 'aborted', imageId: null, cloneId: null, ...common };
  const { imageId } = outcome;
  if (outcome.reason === 'resumed') {
    return { reason: 'resumed', imageId, cloneId: null, ...common };
  }
  const { cloneId } = outcome;
  return { reason: 'restored', imageId, cloneId, copy: placeOf(outcome), ...common };
}

/** Kept, and with it the hidden classes that V8 has made for it. */
const rehearsed: RestoreInfo[] = [];

/** Before the freeze, so that V8 makes nothing new of it in copies: 50 hidden classes, 0.5 ms. */
export function rehearse(example: Outcome, before: Before): void {
  const others = { ...before, environment: {} };
  rehearsed.length = 0;
  rehearsed.push(restoreInfo(example, before), restoreInfo(example, others));
}

function placeOf({ copy }: Outcome & { reason: 'restored' }): CopyPlace {
  const { number = 1, pid = process.pid, log = null } = copy ?? {};
  return Object.freeze({ number, pid, hostname: hostname(), log });
}
