import type { criu_opts } from '../generated/rpc.js';
import type { Kind } from './kinds.js';

export const ALL = [
  'dump',
  'preDump',
  'restore',
  'pageServer',
  'cpuinfoDump',
  'cpuinfoCheck',
] as const;
export const BOTH = ['dump', 'restore'] as const;
export const DUMP = ['dump'] as const;
export const DUMPS = ['dump', 'preDump'] as const;
export const RESTORE = ['restore'] as const;

/** What takes options. */
export type Operation = (typeof ALL)[number];

/** An option: its name in criu_opts, what it takes, and what takes it. */
export interface Row {
  readonly field: keyof criu_opts.$Properties;
  readonly kind: Kind<never>;
  readonly of: readonly Operation[];
  /** Refused by `criu service`. */
  readonly swrkOnly?: true;
}
