import { inspect } from 'node:util';
import { TubthumpError } from './error.js';
import { suggest } from './suggest.js';

/** An option with a value that it does not take. */
export function wrongOption(what: string, expectation: string, value: unknown): TubthumpError {
  const message = `Expected ${what} to be ${expectation}, got ${inspect(value)} (${typeof value})`;
  return new TubthumpError('ERR_TUBTHUMP_OPTIONS', message);
}

/** An option that does not exist, with the one that was probably meant. */
export function unknownOption(name: string, known: readonly string[]): TubthumpError {
  const near = suggest(name, known);
  const suggestion = near ? `; did you mean \`${near}\`?` : '';
  return new TubthumpError('ERR_TUBTHUMP_OPTIONS', `Unknown option \`${name}\`${suggestion}`);
}
