import type { NotifyHandlers } from '../handlers.js';
import type { Notification } from '../notification.js';
import { integer, type Kind, plain } from './kinds.js';

/** Options that are ours, not CRIU's. */
export interface Control {
  /** Limit for the whole operation, in ms (default 60 000). */
  readonly timeoutMs?: number | undefined;
  /**
   * After the time limit or an abort, a dump or restore is undone by CRIU at its next notification;
   * when it has not ended after so many ms (default 5000), it is killed.
   */
  readonly graceMs?: number | undefined;
  /** Ends the operation. If CRIU completes it before it hears of that, it counts as completed. */
  readonly signal?: AbortSignal | undefined;
}

export interface NotifyControl extends Control {
  /** A handler for each notification by its name. What one throws ends the operation. */
  readonly notify?: NotifyHandlers | undefined;
  /** Called at every notification, before the handler of that one; the same otherwise. */
  readonly onNotify?: ((notification: Notification) => void | Promise<void>) | undefined;
}

export const CONTROL: Readonly<Record<keyof NotifyControl, Kind<unknown>>> = {
  timeoutMs: integer(1),
  graceMs: integer(0),
  signal: plain('an AbortSignal', (value) => value instanceof AbortSignal),
  notify: plain('an object of functions', isHandlers),
  onNotify: plain('a function', (value) => typeof value === 'function'),
};

function isHandlers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((it) => it === undefined || typeof it === 'function');
}
