import type { ErrorCode } from '../../errors/index.js';
import type { Outcome } from '../engine.js';

type Copied = Extract<Outcome, { reason: 'restored' }>;

/** What comes back on the channel: see native/core/handover/ and native/core/restore/payload.h. */
export type Answer =
  | { readonly status: 'resumed' }
  | {
      readonly status: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly log: string;
    }
  | Copied;

/** The peer is our own agent or launcher: one version, one package, so no schema is checked. */
export function parseAnswer(json: string): Answer {
  return JSON.parse(json);
}

/** As long as any: V8 keeps short strings in another way. */
const ANY_ID = '00000000-0000-4000-8000-000000000000';

/**
 * Parsed when this module is loaded, and kept. The first object of its shape gives V8 hidden classes to
 * make, and optimized code to give up that counted on there being none; later ones do not.
 */
export const EXAMPLE: Copied = parseAnswer(
  JSON.stringify({
    args: [],
    checkpointedAt: Date.now(),
    cloneId: ANY_ID,
    copy: { number: 1 },
    environment: [],
    generation: 1,
    imageId: ANY_ID,
    parkedMs: 0,
    reason: 'restored',
    strict: false,
  }),
) as Copied;
