import { resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';

/** Where the key of an encrypted image comes from: one of the two, or neither. */
export interface KeySource {
  /** File that only its owner can read: 32 bytes, as they are, in hexadecimal or in base64. */
  readonly key?: string | undefined;
  /** A program and its arguments, with blanks between, that prints such a key. */
  readonly keyCommand?: string | undefined;
}

/** For util.parseArgs. */
export const keyOptions = {
  key: { type: 'string' },
  'key-command': { type: 'string' },
} as const;

/**
 * What parseArgs made of keyOptions.
 * @throws TubthumpError ERR_TUBTHUMP_USAGE when both are given
 */
export function keySourceOf(values: { key?: string; 'key-command'?: string }): KeySource {
  const { key, 'key-command': keyCommand } = values;
  if (key !== undefined && keyCommand !== undefined) {
    throw new TubthumpError('ERR_TUBTHUMP_USAGE', 'give --key or --key-command, not both');
  }
  return { key: key === undefined ? undefined : resolve(key), keyCommand };
}

/** The options of native commands. */
export function keyArguments({ key, keyCommand }: KeySource): string[] {
  if (key !== undefined) return ['--key', key];
  return keyCommand === undefined ? [] : ['--key-command', keyCommand];
}
