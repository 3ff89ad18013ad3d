/** A cause of failures, by what CRIU writes about it, and what to do. */
export interface Remedy {
  readonly name: string;
  readonly log: RegExp;
  /** Complete sentences, in the words of `CriuClient`. */
  readonly remedy: string;
}
export const REMEDIES: readonly Remedy[] = [];
/** What to do about the first known cause in a log. */
export function remedyOf(log: string): string | undefined {
  return REMEDIES.find(({ log: pattern }) => pattern.test(log))?.remedy;
}
