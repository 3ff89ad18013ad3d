import { BroadcastChannel } from 'node:worker_threads';
import type { CheckpointInfo, RestoreInfo } from '../context/index.js';
import type { HookName } from '../context/rules.js';
import type { Gate } from './gate.js';

/**
 * Between a worker thread and the thread that started it, on a BroadcastChannel: the worker's own
 * message port belongs to the application.
 */
export type Call = HookCall | HoldCall;

export interface HookCall {
  readonly call: HookName;
  readonly id: number;
  readonly info: CheckpointInfo | RestoreInfo;
  readonly hookTimeoutMs: number;
  /** Variables to set, or to remove when undefined. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Wait at the gate; `done` is said before. */
export interface HoldCall {
  readonly call: 'hold';
  readonly id: number;
  readonly gate: Gate;
}

export type Reply =
  /** The worker knows the protocol now; sent once. */
  | { readonly reply: 'attached' }
  | { readonly reply: 'done'; readonly id: number; readonly failures: readonly Failure[] };

/** What one of its hooks threw: errors lose their class and properties on the way. */
export interface Failure {
  readonly resource: string;
  readonly message: string;
  readonly code: string | undefined;
}

/**
 * The channel of a worker, for both of its ends. It keeps no thread alive.
 * @param hear gets what the other end says
 */
export function openChannel(
  threadId: number,
  hear: (message: Call | Reply) => void,
): BroadcastChannel {
  // The number is that of the messages' shape.
  const channel = new BroadcastChannel(`tubthump.worker.1.${threadId}`);
  channel.onmessage = (event) => hear((event as { data: Call | Reply }).data);
  channel.unref();
  return channel;
}
