import type { ErrorCode } from '../errors/index.js';
import type { Holding } from './holding.js';

/**
 * What becomes of a holding when no policy says otherwise:
 * - `ours`: tubthump's own, handled
 * - `restorable`: CRIU brings it back as it is
 * - `closable`: cannot be in an image; a policy may close it, or reopen it afterwards
 * - `refused`: cannot be in an image, and only the application, or how it is started, can help
 */
export type Verdict =
  | { readonly verdict: 'ours' | 'restorable' }
  | {
      readonly verdict: 'closable' | 'refused';
      readonly code: ErrorCode;
      /** Why, and what can be done in the application. */
      readonly remedy: string;
    };

export const RESTORABLE: Verdict = { verdict: 'restorable' };

export function closable(remedy: string, code: ErrorCode = 'ERR_TUBTHUMP_DESCRIPTORS'): Verdict {
  return { verdict: 'closable', code, remedy };
}

export function refused(remedy: string, code: ErrorCode = 'ERR_TUBTHUMP_DESCRIPTORS'): Verdict {
  return { verdict: 'refused', code, remedy };
}

/** What a verdict may depend on beside the holding itself. */
export interface Surroundings {
  /** Numbers of the channel and of stdio. */
  readonly ours: ReadonlySet<number>;
  /** Whether the other end of a connected unix socket is in this process too. */
  peerIsOurs(holding: Holding): boolean;
}
