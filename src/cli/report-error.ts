import { HINTS } from '../errors/codes.js';
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
  const error: Explained = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = publicCode(error);
  const hint = error.hint ?? HINTS[code as keyof typeof HINTS];
  if (json) {
    const { message, log } = error;
    console.error(JSON.stringify({ error: { code, message, hint, log } }));
  } else {
    console.error(`tubthump: ${error.message} (${code})`);
    if (hint) console.error(`hint: ${hint}`);
    // Without a code it is a defect of ours, and only the stack says where.
    if (!error.code) console.error(error.stack);
  }
  return exitStatusOf(code);
}

/** util.parseArgs has codes of its own. */
function publicCode({ code }: Explained): string {
  if (code?.startsWith('ERR_PARSE_ARGS_')) return 'ERR_TUBTHUMP_USAGE';
  return code ?? 'ERR_TUBTHUMP_SYSTEM';
}
