import { getGlobalContext, type RestoredInfo, type ResumedInfo } from '../context/index.js';
import { findSupport } from '../engine/criu/support.js';
import type { Engine } from '../engine/engine.js';
import { compiledWhole } from '../process/compile.js';
import { trackAgents } from '../runtime/clients/track.js';
import { trackServers } from '../runtime/servers/track.js';
import { joinThreads } from '../workers/join.js';
import { CheckpointCore, type EngineName, type Wiring } from './core.js';
import type { CheckpointOptions } from './options.js';
import type { RuntimeStep } from './runtime-step.js';

/** Shared by all copies of this package in a process; the number is that of its shape. */
const KEY = Symbol.for('tubthump.core.1');

const engines: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  map: async () => new (await import('../engine/criu/engine.js')).CriuEngine('map'),
  stream: async () => new (await import('../engine/criu/engine.js')).CriuEngine('stream'),
  eager: async () => new (await import('../engine/criu/engine.js')).CriuEngine('eager'),
  pause: async () => new (await import('../engine/pause.js')).PauseEngine(),
  simulate: async () => new (await import('../engine/simulate.js')).SimulateEngine(),
};

const wiring: Wiring = {
  engine: (name) => compiledWhole(() => engines[name]()),
  // The other engines freeze nothing that Node would have to let go of.
  steps: async (name) => (name !== 'pause' && name !== 'simulate' ? await loadSteps() : []),
  cycle: () => compiledWhole(async () => (await import('./cycle.js')).runCycle),
  support: findSupport,
};

function loadSteps(): Promise<readonly RuntimeStep[]> {
  return compiledWhole(async () => (await import('../runtime/steps.js')).runtimeSteps());
}

joinThreads();

const shared = globalThis as { [KEY]?: CheckpointCore };

/** The coordination of this process. */
export const Core: CheckpointCore = shared[KEY] ?? new CheckpointCore(wiring, getGlobalContext());
shared[KEY] = Core;

// Under the launcher this was done before the application's first line.
trackServers();
trackAgents();

/** Core.checkpointRestore of this process. */
export function checkpoint(options: CheckpointOptions): Promise<RestoredInfo | ResumedInfo> {
  return Core.checkpointRestore(options);
}
