export type { DumpStatistics, RestoreStatistics } from '../images/statistics.js';
export { CriuClient } from './client.js';
export type { Request, RequestName, Response } from './codec.js';
export type { CpuinfoCheckOptions, CpuinfoDumpOptions } from './cpuinfo.js';
export type { DumpOptions, PreDumpOptions } from './dump.js';
export type { NotifyHandlers } from './handlers.js';
export type { Iteration, IterativeDumpOptions, IterativeDumpResult } from './iterations.js';
export { LazyPages, type LazyPagesOptions, serveLazyPages } from './lazy-pages.js';
export type { Notification } from './notification.js';
export type { Control, NotifyControl } from './options/control.js';
export type {
  CgroupRoot,
  ExternalMount,
  InheritFd,
  JoinNamespace,
  PageServerAddress,
  VethPair,
} from './options/parts.js';
export type { PageServerOptions } from './page-server.js';
export type { RequestOptions } from './questions.js';
export type { RestoreOptions } from './restore.js';
export type {
  CriuFeatures,
  CriuVersion,
  DumpResult,
  Exit,
  PageServer,
  PageServerChild,
  PreDumpResult,
  RestoreResult,
} from './results.js';
export type { ClientOptions } from './transport.js';
