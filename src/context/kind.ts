import type { Context } from './context.js';
import type { Resource } from './resource.js';

/** Marks contexts, also those of another copy of this package; the number is that of their shape. */
export const CONTEXT = Symbol.for('tubthump.context.1');

export function isContext(resource: Resource): resource is Context {
  return CONTEXT in resource;
}
