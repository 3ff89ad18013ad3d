/**
 * `tubthump/api`: for libraries that register hooks, without any other part of the package. Where
 * checkpoints are not possible, registering works and costs nothing.
 */
export {
  type AbortedInfo,
  type CheckpointInfo,
  Context,
  type ContextOptions,
  type CopyPlace,
  type EnvironmentChange,
  type GlobalContext,
  getGlobalContext,
  type Member,
  OrderedContext,
  ParallelContext,
  type Phase,
  PriorityContext,
  type RegisterOptions,
  type Registration,
  type Resource,
  type RestoredInfo,
  type RestoreInfo,
  type ResumedInfo,
} from './context/index.js';
