import { TubthumpError } from '../errors/index.js';
import { exitStatusOf } from './exit-codes.js';

interface Explained extends Error {
  readonly code?: string;
  readonly hint?: string;
  readonly log?: string;
}

/**
 * Prints an error on stderr, as two lines for people ("tubthump: message (CODE)", "hint: …") or as
 * one JSON object, and returns the exit status that belongs to it.
 */
export function reportError(thrown: unknown, json: boolean): number {
  const error = explain(thrown);
  const { message, hint, log } = error;
  const code = error.code ?? 'ERR_TUBTHUMP_INTERNAL';
  if (json) {
    console.error(JSON.stringify({ error: { code, message, hint, log } }));
  } else {
    console.error(`tubthump: ${message} (${code})`);
    if (hint) console.error(`hint: ${hint}`);
    // Without a code it is a defect of ours, and only the stack says where.
    if (!error.code) console.error(error.stack);
  }
  return exitStatusOf(code);
}

function explain(thrown: unknown): Explained {
  const error: Explained = thrown instanceof Error ? thrown : new Error(String(thrown));
  // util.parseArgs has codes of its own.
  if (!error.code?.startsWith('ERR_PARSE_ARGS_')) return error;
  return new TubthumpError('ERR_TUBTHUMP_USAGE', error.message, { cause: error });
}
