import { firstError, isHarmless, tail } from '../criu/log.js';
import { remedyOf } from '../criu/remedies.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import type { Response } from './codec.js';

/** Why CRIU failed. `cr_errmsg` comes last: it is the first error logged, also a harmless one. */
export function reasonOf(log: string, response?: Response): string | undefined {
  const said = response?.crErrmsg.trim();
  return firstError(log) ?? (said && !isHarmless(said) ? said : undefined);
}

/** CRIU answered that it failed. */
export function failure(code: ErrorCode, what: string, response: Response, log: string) {
  const reason = reasonOf(log, response) ?? 'CRIU gave no reason';
  return new TubthumpError(code, `${what} failed: ${reason}`, {
    log: tail(log) || undefined,
    errno: response.crErrno || undefined,
    hint: remedyOf(`${log}\n${reason}`),
  });
}

/** An operation that ended without an answer, with what the log knows of it. */
export function withLog(error: TubthumpError, what: string, log: string): TubthumpError {
  // Where we ended it, CRIU's first error is only that we did.
  const reason = error.code === 'ERR_TUBTHUMP_RPC_CLOSED' ? reasonOf(log) : undefined;
  const message = `${what}: ${error.message}${reason ? ` (${reason})` : ''}`;
  const { cause = error, errno } = error;
  return new TubthumpError(error.code, message, { cause, errno, log: tail(log) || undefined });
}
