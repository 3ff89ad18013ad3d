import { poolRegistry } from './pools.js';

/** npm packages by the adapter that takes care of their connections. */
const ADAPTERS = new Map([
  ['pg', 'tubthump/adapters/pg'],
  ['pg-pool', 'tubthump/adapters/pg'],
]);

/** The adapter that would help with what `name@version` has opened, if it is not in use already. */
export function adapterFor(opener: string): string | undefined {
  const name = opener.replace(/(?!^)@.*$/, '');
  return poolRegistry().packages.has(name) ? undefined : ADAPTERS.get(name);
}
