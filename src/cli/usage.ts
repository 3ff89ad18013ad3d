import { resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';

/** A command line that cannot be meant. */
export function usage(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_USAGE', message);
}

/**
 * The one path that a command takes, absolute.
 *
 * @throws ERR_TUBTHUMP_USAGE with this message for more or none
 */
export function onePath(positionals: readonly string[], message: string): string {
  const [path, ...more] = positionals;
  if (!path || more.length > 0) throw usage(message);
  return resolve(path);
}

/** The same for two. */
export function twoPaths(positionals: readonly string[], message: string): [string, string] {
  const [first, second, ...more] = positionals;
  if (!first || !second || more.length > 0) throw usage(message);
  return [resolve(first), resolve(second)];
}
