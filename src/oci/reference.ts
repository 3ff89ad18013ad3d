import { resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';

/** An image in a layout: `LAYOUT[:TAG]`. */
export interface Reference {
  /** Absolute. */
  readonly layout: string;
  readonly tag?: string;
}

/** As skopeo and podman take for `oci:LAYOUT:TAG`; the spec allows more than this for names. */
const TAG = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;

/**
 * The last colon separates, unless a slash follows it.
 * @throws TubthumpError ERR_TUBTHUMP_USAGE
 */
export function parseReference(text: string): Reference {
  const [, path = text, tag] = /^(.+):([^/]*)$/.exec(text) ?? [];
  if (path === '') throw usage('an image layout is missing');
  if (tag === undefined) return { layout: resolve(path) };
  if (!TAG.test(tag)) throw usage(`${tag || 'nothing'} cannot be a tag, in ${text}`);
  return { layout: resolve(path), tag };
}

function usage(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_USAGE', message);
}
