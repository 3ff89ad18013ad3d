import process from 'node:process';
import { afterFirstListen, beforeFirstListen } from './first-listen.js';
import { afterIdle } from './idle.js';
import { type Moment, parseMoment } from './moment.js';
import type { Plan } from './plan.js';
import { afterReady } from './ready.js';
import { afterRequests } from './requests.js';
import { takeCheckpoint } from './take.js';

/** Sees to it that this process is checkpointed as its plan says. */
export function follow({ when, signalName, fallback: _, ...options }: Plan): void {
  const take = () => takeCheckpoint(options);
  const moment = when === undefined ? undefined : parseMoment(when);
  if (moment) arm(moment, take);
  // Node's signal handlers do not keep a process alive.
  if (signalName) process.on(signalName, () => void take());
}

function arm(moment: Moment, take: () => Promise<void>): void {
  switch (moment.name) {
    case 'manual':
      break;
    case 'before-listen':
      beforeFirstListen(take);
      break;
    case 'listening':
      afterFirstListen(take);
      break;
    case 'ready':
      afterReady(take);
      break;
    case 'requests':
      afterRequests(moment.count, take);
      break;
    case 'idle':
      afterIdle(moment.ms, take);
      break;
  }
}
