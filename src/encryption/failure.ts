import { type ErrorCode, TubthumpError } from '../errors/index.js';

/** What `tubthump decrypt-agent` said last; a key command may have written lines of its own. */
export function failureOf(complaints: string): TubthumpError {
  const last = complaints.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { error } = JSON.parse(last) as { error: { code: ErrorCode; message: string } };
    return new TubthumpError(error.code, error.message);
  } catch {
    return new TubthumpError('ERR_TUBTHUMP_SYSTEM', `nothing was decrypted: ${complaints.trim()}`);
  }
}
