import process from 'node:process';
import { initialEnvironment } from '../environment/given.js';
import type { ScrubRules } from './rules.js';

/** A variable that is to leave the memory. */
export interface Secret {
  readonly name: string;
  /** In process.env; null when it is only in the environment of the start. */
  readonly current: string | null;
  /** In the environment that the process was started with. */
  readonly initial: string | null;
}

/** Shorter ones, of so few bytes, stand in memory for many other things: `1`, `true`, `eu`. */
const SEARCHED_BYTES = 8;

/** Variables that the rules name, of now and of the start. */
export function secretsOf(rules: ScrubRules): Secret[] {
  const initial = initialEnvironment();
  const names = new Set([...Object.keys(process.env), ...Object.keys(initial)]);
  return [...names].flatMap((name) => {
    const secret = { name, current: process.env[name] ?? null, initial: initial[name] ?? null };
    const matches = [secret.current, secret.initial].some(
      (value) => value !== null && rules.match(name, value),
    );
    return matches ? [secret] : [];
  });
}

/**
 * What to look for: `NAME=value` as environment blocks have it, and values as V8 and native code
 * have them. Longest first, so that none spoils another one that holds it.
 */
export function patternsOf(secrets: readonly Secret[]): Uint8Array[] {
  const patterns = new Map<string, Buffer>();
  for (const { name, current, initial } of secrets) {
    for (const value of [current, initial]) {
      if (!value) continue;
      const texts: Buffer[] = [Buffer.from(`${name}=${value}`)];
      if (Buffer.byteLength(value) >= SEARCHED_BYTES) {
        for (const encoding of ['utf8', 'latin1', 'utf16le'] as const) {
          texts.push(Buffer.from(value, encoding));
        }
      }
      for (const text of texts) patterns.set(text.toString('hex'), text);
    }
  }
  return [...patterns.values()].sort((one, other) => other.length - one.length);
}
