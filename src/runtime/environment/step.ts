import process from 'node:process';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { type Environment, initialEnvironment, startedWith } from './given.js';
import { applySettings } from './settings.js';

/**
 * Environment, arguments, working directory, umask and title of the restore. Only what differs
 * between the environment of the start and that of the restore is applied, so that what the
 * application itself set in process.env stays. A changed TZ takes effect at once.
 */
export const environment: RuntimeStep = {
  name: 'environment',
  quiesce() {
    initialEnvironment();
  },
  wake(view) {
    if (view.reason !== 'restored') return;
    if (view.args.length > 0) process.argv.splice(2, Number.POSITIVE_INFINITY, ...view.args);
    if (!view.environment) return;
    applyEnvironment(initialEnvironment(), view.environment);
    startedWith(view.environment);
    applySettings(view.environment);
  },
};

function applyEnvironment(before: Environment, after: Environment): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    // The launcher gives it to what it starts, not to what it restores.
    if (value === before[name] || name === 'TUBTHUMP_BIN') continue;
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
