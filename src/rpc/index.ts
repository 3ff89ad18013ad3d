export { CriuClient } from './client.js';
export type { Request, RequestName, Response } from './codec.js';
export type { DumpOptions, RestoreOptions } from './image.js';
export type { Notification } from './notification.js';
export type { Control, NotifyControl } from './options/control.js';
export type { InheritFd } from './options/kinds.js';
export type { RequestOptions } from './questions.js';
export type { CriuFeatures, CriuVersion, DumpResult, Exit, RestoreResult } from './results.js';
export type { ClientOptions } from './transport.js';
