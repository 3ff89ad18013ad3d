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
  /** Called at each notification, CRIU waits meanwhile. What it throws ends the operation. */
  readonly onNotify?: ((notification: Notification) => void | Promise<void>) | undefined;
}

export const CONTROL: Readonly<Record<keyof NotifyControl, Kind<unknown>>> = {
  timeoutMs: integer(1),
  graceMs: integer(0),
  signal: plain('an AbortSignal', (value) => value instanceof AbortSignal),
  onNotify: plain('a function', (value) => typeof value === 'function'),
};
