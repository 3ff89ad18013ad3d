import { readFileSync, statSync } from 'node:fs';
import { firstError, isHarmless, tail } from '../criu/log.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import type { Response } from './codec.js';

/** The log file of one operation: what an earlier one left there under the same name is not it. */
export class LogFile {
  private readonly before: string;

  /** @param path through a descriptor, so that the directory may be renamed meanwhile */
  constructor(private readonly path: string) {
    this.before = this.stamp();
  }

  text(): string {
    if (this.stamp() === this.before) return '';
    return readFileSync(this.path, 'utf8');
  }

  private stamp(): string {
    const info = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    return info ? `${info.ino} ${info.size} ${info.mtimeNs}` : '';
  }
}

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
