import { firstError, isHarmless, tail } from '../criu/log.js';
import { knownCause } from '../criu/remedies.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import type { Response } from './codec.js';

/** Why CRIU failed, and what to do about it, where that is known. */
export interface Reason {
  readonly line: string | undefined;
  readonly remedy?: string;
}

/** `cr_errmsg` comes last: it is the first error logged, also a harmless one. */
export function reasonOf(log: string, response?: Response): Reason {
  const said = response?.crErrmsg.trim();
  const line = firstError(log) ?? (said && !isHarmless(said) ? said : undefined);
  return knownCause(log) ?? { line };
}

/** CRIU answered that it failed. */
export function failure(code: ErrorCode, what: string, response: Response, log: string) {
  const { line = 'CRIU gave no reason', remedy } = reasonOf(log, response);
  return new TubthumpError(code, `${what} failed: ${line}`, {
    log: tail(log) || undefined,
    errno: response.crErrno || undefined,
    hint: remedy,
  });
}

/** An operation that ended without an answer, with what the log knows of it. */
export function withLog(error: TubthumpError, what: string, log: string): TubthumpError {
  // Where we ended it, CRIU's first error is only that we did.
  const closed = error.code === 'ERR_TUBTHUMP_RPC_CLOSED';
  const { line, remedy: hint } = closed ? reasonOf(log) : { line: undefined, remedy: undefined };
  const message = `${what}: ${error.message}${line ? ` (${line})` : ''}`;
  const { cause = error, errno } = error;
  return new TubthumpError(error.code, message, {
    cause,
    errno,
    log: tail(log) || undefined,
    hint,
  });
}
