import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { RuntimeStep } from '../core/runtime-step.js';

type Environment = Readonly<Record<string, string>>;

/** What the process was started or last restored with; what the application set is not in it. */
let given: Environment | undefined;

/**
 * Environment and arguments of the restore. Only what differs between the environment of the start
 * and that of the restore is applied, so that what the application itself set in process.env stays.
 */
export const environment: RuntimeStep = {
  name: 'environment',
  quiesce() {
    given ??= initialEnvironment();
  },
  wake(view) {
    if (view.reason !== 'restored') return;
    if (view.environment) {
      applyEnvironment(given ?? {}, view.environment);
      given = view.environment;
    }
    if (view.args.length > 0) process.argv.splice(2, Number.POSITIVE_INFINITY, ...view.args);
  },
};

function applyEnvironment(before: Environment, after: Environment): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (value === before[name]) continue;
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** The environment at exec, whatever process.env says by now: proc(5), /proc/PID/environ. */
function initialEnvironment(): Environment {
  const entries = readFileSync('/proc/self/environ', 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=', 1);
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
