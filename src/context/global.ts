import { GlobalContext } from './phases.js';

/** Shared by all copies of this package in a process; the number is that of its shape. */
const KEY = Symbol.for('tubthump.global-context.1');

const shared = globalThis as { [KEY]?: GlobalContext };

/** The context that every checkpoint of this process starts from. */
export function getGlobalContext(): GlobalContext {
  shared[KEY] ??= new GlobalContext();
  return shared[KEY];
}
