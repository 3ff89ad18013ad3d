import { type ErrorCode, HINTS } from './codes.js';

/** Marks our errors across several copies of this package in one process. */
const BRAND = Symbol.for('tubthump.error');

export interface ErrorDetails {
  readonly cause?: unknown;
  /** What to do next in this very case; default: the hint of the code. */
  readonly hint?: string | undefined;
  /** The tail of CRIU's log. */
  readonly log?: string | undefined;
  /** errno of the failed system call. */
  readonly errno?: number | undefined;
  /** Name of the resource whose hook failed. */
  readonly resource?: string | undefined;
}

/** Base of all errors that tubthump throws: a stable `code` and a `hint` of what to do next. */
export class TubthumpError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  declare readonly log?: string;
  declare readonly errno?: number;
  declare readonly resource?: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.hint = details.hint ?? HINTS[code];
    assignDetails(this, details);
  }

  /** Whether `value` is an error of ours, of this or another copy of the package. */
  static is(value: unknown): value is TubthumpError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** Base of errors with several causes, flattened: `errors` holds no aggregate of ours. */
export class TubthumpAggregateError extends AggregateError {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, summary: string, causes: readonly unknown[]) {
    const errors = flatten(causes);
    super(errors, [summary, ...errors.map(lineOf)].join('\n  - '));
    this.code = code;
    this.hint = HINTS[code];
  }
}

/** No image was made: hooks, the descriptor check or the dump failed. The service goes on. */
export class CheckpointError extends TubthumpAggregateError {
  declare readonly code: 'ERR_TUBTHUMP_CHECKPOINT';

  constructor(causes: readonly unknown[]) {
    super('ERR_TUBTHUMP_CHECKPOINT', 'checkpoint failed, the service goes on', causes);
  }
}

/** afterRestore hooks failed in a process that goes on living; its image is complete. */
export class RestoreError extends TubthumpAggregateError {
  declare readonly code: 'ERR_TUBTHUMP_RESTORE_HOOKS';

  constructor(causes: readonly unknown[]) {
    super('ERR_TUBTHUMP_RESTORE_HOOKS', 'afterRestore hooks failed', causes);
  }
}

// Names belong to the classes, not to every instance, where they would be printed as a property.
for (const kind of [TubthumpError, TubthumpAggregateError, CheckpointError, RestoreError]) {
  Object.defineProperty(kind.prototype, 'name', { value: kind.name, configurable: true });
}
for (const kind of [TubthumpError, TubthumpAggregateError]) {
  Object.defineProperty(kind.prototype, BRAND, { value: true });
}

/**
 * Names the resource in an error that one of its hooks threw. A value that is no Error, or cannot
 * be named or has the name of another resource, is wrapped and becomes the `cause`.
 */
export function nameResource(thrown: unknown, resource: string): unknown {
  // From a nested context: its causes have names already.
  if (isAggregate(thrown)) return thrown;
  const error = canBeNamed(thrown, resource)
    ? thrown
    : new Error(messageOf(thrown), { cause: thrown });
  const value = { value: resource, enumerable: true, configurable: true };
  return Object.defineProperty(error, 'resource', value);
}

function canBeNamed(thrown: unknown, resource: string): thrown is Error {
  if (!(thrown instanceof Error) || !Object.isExtensible(thrown)) return false;
  return !('resource' in thrown) || thrown.resource === resource;
}

function assignDetails(error: TubthumpError, { log, errno, resource }: ErrorDetails): void {
  const given = Object.entries({ log, errno, resource }).filter(([, value]) => value !== undefined);
  Object.assign(error, Object.fromEntries(given));
}

function flatten(causes: readonly unknown[]): unknown[] {
  return causes.flatMap((cause) => (isAggregate(cause) ? flatten(cause.errors) : [cause]));
}

/** Also one of another copy of this package. */
function isAggregate(value: unknown): value is TubthumpAggregateError {
  return TubthumpError.is(value) && Array.isArray((value as { errors?: unknown }).errors);
}

function lineOf(error: unknown): string {
  const resource = (error as { resource?: string } | null)?.resource;
  const line = resource ? `${resource}: ${messageOf(error)}` : messageOf(error);
  return TubthumpError.is(error) ? `${line} (${error.code})\n    ${error.hint}` : line;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  // What has no prototype cannot be made a string.
  if (typeof thrown === 'object' && thrown !== null && !('toString' in thrown)) return '[object]';
  return String(thrown);
}
