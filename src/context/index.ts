export { Context, type ContextOptions, type Member } from './context.js';
export { getGlobalContext } from './global.js';
export type {
  AbortedInfo,
  CheckpointInfo,
  CopyPlace,
  EnvironmentChange,
  RestoredInfo,
  RestoreInfo,
  ResumedInfo,
} from './info.js';
export { OrderedContext } from './ordered.js';
export { ParallelContext } from './parallel.js';
export { GlobalContext, PHASES, type Phase } from './phases.js';
export { PriorityContext } from './priority.js';
export type { RegisterOptions, Registration, Resource } from './resource.js';
