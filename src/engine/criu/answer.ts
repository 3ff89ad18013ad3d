import type { ErrorCode } from '../../errors/index.js';

/** What comes back on the channel: see native/core/handover/ and native/core/restore/payload.h. */
export type Answer =
  | { readonly status: 'resumed' }
  | {
      readonly status: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly log: string;
    }
  | {
      readonly status: 'restored';
      readonly imageId: string;
      readonly generation: number;
      readonly cloneId: string;
      readonly copy: { readonly number: number; readonly pid?: number; readonly log?: string };
      readonly checkpointedAt: number;
      /** How long the copy was there before it went on, in ms; its clocks went on meanwhile. */
      readonly parkedMs: number;
      readonly environment: Readonly<Record<string, string>> | null;
      readonly args: readonly string[];
      readonly strict: boolean;
    };

/** The peer is our own agent or launcher: one version, one package, so no schema is checked. */
export function parseAnswer(json: string): Answer {
  return JSON.parse(json) as Answer;
}
