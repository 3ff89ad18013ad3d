export * from './api.js';
export { type Copies, clone } from './clone/clone.js';
export type { Copy, CopyExit } from './clone/copy.js';
export { CloneError } from './clone/error.js';
export { type ForkOptions, fork } from './clone/fork.js';
export type { MemoryFigures } from './clone/memory.js';
export type { CloneOptions, OwnNamespace } from './clone/options.js';
export type { CheckpointCore, CoreStatus } from './core/core.js';
export { Core, checkpoint } from './core/default.js';
export type { CheckpointOptions } from './core/options.js';
export type { HoldingsError } from './descriptors/error.js';
export type { Holding, Kind } from './descriptors/holding.js';
export type { Refusal } from './descriptors/refusal.js';
export type { Support } from './engine/engine.js';
export type { ErrorCode } from './errors/index.js';
export { CheckpointError, RestoreError, TubthumpError } from './errors/index.js';
export type { Difference } from './inspect/difference.js';
export { difference } from './inspect/difference.js';
export { inspect, type Report } from './inspect/report.js';
export { type Exported, type ExportOptions, exportImage } from './oci/export.js';
export { type Imported, importImage } from './oci/import.js';
export { parseReference, type Reference } from './oci/reference.js';
export type { PackResult } from './pack/operation.js';
export type { PackOptions, UnpackOptions } from './pack/options.js';
export { pack } from './pack/pack.js';
export { unpack } from './pack/unpack.js';
export type { Action, Rule } from './policy/rule.js';
export type { PoolOptions, PressureOptions } from './pool/options.js';
export { Pool, pool } from './pool/pool.js';
export type { ProgressOptions } from './progress/progress.js';
export {
  type ClientOptions as CriuClientOptions,
  CriuClient,
  type CriuFeatures,
  type CriuVersion,
  type DumpOptions,
  type DumpResult,
  type DumpStatistics,
  type InheritFd,
  type LazyPages,
  type LazyPagesOptions,
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
  serveLazyPages,
} from './rpc/index.js';
export { type VerifyFinding, type VerifyImageOptions, verify } from './verify/verify.js';
