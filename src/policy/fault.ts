import { TubthumpError } from '../errors/index.js';
import { suggest } from '../errors/suggest.js';

/** What is wrong with a policy, where, and in which rule. */
export function policyFault(place: string, rule: string, fault: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_POLICY', `${place}: ${fault}, in the rule \`${rule}\``);
}

/** `unknown action \`clsoe\`; did you mean \`close\`?` */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const near = suggest(word, known);
  const help = near ? `did you mean \`${near}\`?` : `known are ${known.join(', ')}`;
  return `unknown ${what} \`${word}\`; ${help}`;
}

export function policyUnreadable(file: string, cause: unknown): TubthumpError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TubthumpError('ERR_TUBTHUMP_POLICY', `cannot read the policy ${file}: ${reason}`, {
    cause,
  });
}
