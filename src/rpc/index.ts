export {
  CriuClient,
  type DumpOptions,
  type RequestOptions,
  type RestoreOptions,
} from './client.js';
export { type Request, RequestType, type Response } from './codec.js';
export type { Notification } from './notification.js';
export type { Control, NotifyControl } from './options/control.js';
export type { InheritFd } from './options/kinds.js';
export type { CriuFeatures, CriuVersion, DumpResult, Exit, RestoreResult } from './results.js';
export type { ClientOptions } from './transport.js';
