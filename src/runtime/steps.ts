import type { RuntimeStep } from '../core/runtime-step.js';
import { control } from './control.js';
import { descriptors } from './descriptors.js';
import { environment } from './environment.js';
import { memory } from './memory.js';
import { randomness } from './randomness.js';
import { servers } from './servers.js';
import { stdio } from './stdio/step.js';
import { threads } from './threads.js';

/**
 * The `runtime` phase, in the order in which it quiesces: what opens or closes descriptors first,
 * then memory, and the check of what is left just before the freeze. Waking goes the other way.
 */
export function runtimeSteps(): readonly RuntimeStep[] {
  return [control, servers, environment, randomness, stdio, threads, memory, descriptors];
}
