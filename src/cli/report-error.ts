import { type ErrorCode, TubthumpError } from '../errors/index.js';
import { exitStatusOf } from './exit-codes.js';

interface Explained extends Error {
  readonly code: string;
  readonly hint?: string;
  readonly log?: string;
}

/**
 * Prints an error on stderr, as two lines for people ("tubthump: message (CODE)", "hint: …") or as
 * one JSON object, and returns the exit status that belongs to it.
 */
export function reportError(thrown: unknown, json: boolean): number {
  const { code, message, hint, log, stack } = explain(thrown);
  if (json) {
    console.error(JSON.stringify({ error: { code, message, hint, log } }));
  } else {
    console.error(`tubthump: ${message} (${code})`);
    if (hint) console.error(`hint: ${hint}`);
    if (code === 'ERR_TUBTHUMP_INTERNAL') console.error(stack);
  }
  return exitStatusOf(code);
}

/** Everything printed has a code of ours, or of the system (ENOENT…). */
function explain(thrown: unknown): Explained {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (!('code' in error)) return withStackOf(error, 'ERR_TUBTHUMP_INTERNAL');
  // util.parseArgs has codes of its own.
  const isUsage = String(error.code).startsWith('ERR_PARSE_ARGS_');
  return isUsage ? withStackOf(error, 'ERR_TUBTHUMP_USAGE') : (error as Explained);
}

function withStackOf(error: Error, code: ErrorCode): Explained {
  const ours = new TubthumpError(code, error.message, { cause: error });
  if (error.stack) ours.stack = error.stack;
  return ours;
}
