import type { RuntimeStep } from '../core/runtime-step.js';
import { clients } from './clients/step.js';
import { compilation } from './compilation.js';
import { control } from './control.js';
import { descriptors } from './descriptors.js';
import { dns } from './dns.js';
import { environment } from './environment/step.js';
import { identity } from './identity.js';
import { inspector } from './inspector.js';
import { memory } from './memory/step.js';
import { youngGeneration } from './memory/young-generation.js';
import { policy } from './policy.js';
import { randomness } from './randomness.js';
import { secrets } from './secrets/step.js';
import { servers } from './servers/step.js';
import { stdio } from './stdio/step.js';
import { threads } from './threads.js';
import { timers } from './timers/step.js';

/**
 * The `runtime` phase, in the order in which it quiesces: what opens or closes descriptors first,
 * then memory, and the check of what is left just before the freeze; last the garbage of all that.
 * Waking goes the other way.
 */
export function runtimeSteps(): readonly RuntimeStep[] {
  return [
    control,
    identity,
    servers,
    clients,
    policy,
    environment,
    dns,
    timers,
    inspector,
    randomness,
    stdio,
    threads,
    memory,
    descriptors,
    secrets,
    youngGeneration,
    compilation,
  ];
}
