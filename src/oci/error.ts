import { TubthumpError } from '../errors/index.js';

/** Something of a layout is damaged, or not what its digest or size says. */
export function invalid(message: string, cause?: unknown): TubthumpError {
  const details = cause === undefined ? {} : { cause };
  return new TubthumpError('ERR_TUBTHUMP_OCI_INVALID', message, details);
}

/** No layout, tag or blob of that name. */
export function notFound(message: string, cause?: unknown): TubthumpError {
  const details = cause === undefined ? {} : { cause };
  return new TubthumpError('ERR_TUBTHUMP_OCI_NOT_FOUND', message, details);
}

/** A sound image that holds something else than `export` writes. */
export function unsupported(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_OCI_UNSUPPORTED', message);
}
