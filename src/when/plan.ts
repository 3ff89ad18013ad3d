import process from 'node:process';
import type { Fallback } from '../control/start.js';
import type { CheckpointOptions } from '../core/options.js';

/** What the launcher or `tubthump checkpoint` tells a service at its start, in TUBTHUMP_PLAN. */
export interface Plan extends CheckpointOptions {
  /** A moment, see parseMoment. */
  readonly when?: string;
  /** The signal that asks for an image, again and again. */
  readonly signalName?: NodeJS.Signals;
  /** Why this process was started although there was an image. */
  readonly fallback?: Fallback;
}

const VARIABLE = 'TUBTHUMP_PLAN';

/** Taken out of the environment: what the service starts has no part in it. */
export function takePlan(environment: NodeJS.ProcessEnv = process.env): Plan | undefined {
  const text = environment[VARIABLE];
  delete environment[VARIABLE];
  return text ? (JSON.parse(text) as Plan) : undefined;
}

/** For the environment of a launcher. */
export function planVariable(plan: Plan): NodeJS.ProcessEnv {
  return { [VARIABLE]: JSON.stringify(plan) };
}
