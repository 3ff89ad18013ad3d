import type { RestoreInfo } from '../context/index.js';
import type { CoreStatus } from '../core/core.js';
import type { CheckpointOptions } from '../core/options.js';
import type { Start } from './start.js';

/**
 * One JSON object a line: one request and one reply a connection.
 * A checkpoint ends all connections, for none may be in an image: its result is asked for later,
 * by the id that the client gave it.
 */
export type ControlRequest =
  | { readonly operation: 'status' }
  | { readonly operation: 'randomness' }
  | {
      readonly operation: 'checkpoint';
      readonly id: string;
      readonly options: CheckpointOptions;
    }
  | { readonly operation: 'result'; readonly id: string };

/** Label in the manifest that tells whose request made an image. */
export const REQUEST_LABEL = 'tubthump.request';

export interface ServiceStatus extends CoreStatus, Start {
  readonly pid: number;
  /** Whether a server of this process listens. */
  readonly listening: boolean;
  readonly uptimeSeconds: number;
  readonly versions: { readonly node: string; readonly tubthump: string };
}

export type ControlReply =
  | { readonly reply: 'status'; readonly status: ServiceStatus }
  | { readonly reply: 'randomness'; readonly numbers: Readonly<Record<string, string>> }
  | { readonly reply: 'pending' }
  | { readonly reply: 'done'; readonly info: RestoreInfo }
  | {
      readonly reply: 'failed';
      readonly code: string;
      readonly message: string;
      readonly hint: string;
    };
