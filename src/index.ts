export * from './api.js';
export type { CheckpointCore, CoreStatus } from './core/core.js';
export { Core, checkpoint } from './core/default.js';
export type { CheckpointOptions } from './core/options.js';
export type { HoldingsError } from './descriptors/error.js';
export type { Holding, Kind } from './descriptors/holding.js';
export type { Refusal } from './descriptors/refusal.js';
export type { Support } from './engine/engine.js';
export type { ErrorCode } from './errors/index.js';
export { CheckpointError, RestoreError, TubthumpError } from './errors/index.js';
export type { Action, Rule } from './policy/rule.js';
export {
  type ClientOptions as CriuClientOptions,
  CriuClient,
  type CriuFeatures,
  type CriuVersion,
  type DumpOptions,
  type DumpResult,
  type DumpStatistics,
  type InheritFd,
  type Notification,
  type NotifyHandlers,
  type PageServer,
  type PageServerAddress,
  type PageServerChild,
  type PageServerOptions,
  type PreDumpOptions,
  type PreDumpResult,
  type RestoreOptions,
  type RestoreResult,
  type RestoreStatistics,
} from './rpc/index.js';
