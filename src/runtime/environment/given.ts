import { readFileSync } from 'node:fs';
import type { Wake } from '../../core/runtime-step.js';
import { type Environment, environmentOf, nameOf } from '../../process/environment.js';

/** What the process was started or last restored with; what the application set is not in it. */
interface Given {
  readonly values: Record<string, string>;
  /** One lookup says that a variable is as before. */
  readonly entries: ReadonlySet<string>;
}

let given: Given | undefined;

/** The environment at exec or restore, whatever process.env says by now. */
export function initialEnvironment(): Environment {
  return known().values;
}

/** The same as `NAME=value`. */
export function initialEntries(): string[] {
  return [...known().entries];
}

/** From now on this is what the process was started with. */
export function startedWith(next: Environment): void {
  given = givenBy(Object.entries(next).map(([name, value]) => `${name}=${value}`));
}

/**
 * From now on these entries are what the process was started with. In every copy, so only what differs
 * is taken apart.
 * @returns names of variables that are others now, or gone
 */
export function restoredWith(entries: readonly string[]): ReadonlySet<string> {
  const { values, entries: before } = known();
  const after = new Set(entries);
  const gone = [...before].filter((entry) => !after.has(entry));
  const added = entries.filter((entry) => !before.has(entry));
  for (const entry of gone) delete values[nameOf(entry)];
  given = { values: Object.assign(values, environmentOf(added)), entries: after };
  return new Set([...gone, ...added].map(nameOf));
}

/** Where steps that wake after this one's find their settings: nothing without a restore. */
export function restoreEnvironment(view: Wake): Environment {
  return view.reason === 'restored' && view.environment ? initialEnvironment() : {};
}

function known(): Given {
  // proc(5), /proc/PID/environ
  given ??= givenBy(readFileSync('/proc/self/environ', 'utf8').split('\0').filter(Boolean));
  return given;
}

function givenBy(entries: readonly string[]): Given {
  return { values: environmentOf(entries), entries: new Set(entries) };
}
