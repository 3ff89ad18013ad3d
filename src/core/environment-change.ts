import type { EnvironmentChange } from '../context/index.js';
import type { Environment } from '../process/environment.js';

/** Names that differ between two environments; the values stay out of `info` and its logs. */
export function environmentChange(before: Environment, after: Environment): EnvironmentChange {
  const names = Object.keys(after);
  return Object.freeze({
    added: Object.freeze(names.filter((name) => !(name in before))),
    changed: Object.freeze(names.filter((name) => name in before && before[name] !== after[name])),
    removed: Object.freeze(Object.keys(before).filter((name) => !(name in after))),
  });
}
