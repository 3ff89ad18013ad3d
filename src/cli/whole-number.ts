import { usage } from './usage.js';

/**
 * What an option of the command line says, undefined when it is not given.
 * @throws TubthumpError ERR_TUBTHUMP_USAGE unless it is a whole number from 1 to `most`
 */
export function wholeNumber(
  option: string,
  text: string | undefined,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  const message = `${option} takes a whole number from 1 to ${most}, not ${text}`;
  throw usage(message);
}
