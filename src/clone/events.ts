import type { ErrorCode } from '../errors/index.js';

/** What the launcher tells of its copies, one JSON object a line: native/launcher/clone_events.h. */
export type CloneEvent =
  | {
      readonly event: 'restored';
      readonly copy: number;
      readonly pid: number;
      readonly cloneId: string;
      readonly imageId: string;
      readonly generation: number;
      /** From the start of its first process until it runs. */
      readonly tookMs: number;
    }
  | {
      readonly event: 'failed';
      readonly copy: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly log: string;
    }
  /** A copy that lived is ended, because its pages cannot be had any more. */
  | {
      readonly event: 'lost';
      readonly copy: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly log: string;
    }
  /** A copy has ended, and nothing of it is left. `signal` is 0 when it ended by itself. */
  | {
      readonly event: 'exited';
      readonly copy: number;
      readonly status: number;
      readonly signal: number;
    }
  /** Every copy lives or has failed. */
  | { readonly event: 'settled'; readonly up: number; readonly count: number };
