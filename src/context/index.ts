export { Context, type ContextOptions } from './context.js';
export { OrderedContext } from './ordered.js';
export { ParallelContext } from './parallel.js';
export { GlobalContext, PHASES, type Phase } from './phases.js';
export { PriorityContext } from './priority.js';
export type {
  CheckpointInfo,
  EnvironmentChange,
  RegisterOptions,
  Registration,
  Resource,
  RestoreInfo,
} from './resource.js';
