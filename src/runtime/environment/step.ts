import process from 'node:process';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { initialEntries, initialEnvironment, restoredWith } from './given.js';
import { applySettings } from './settings.js';

/**
 * Environment, arguments, working directory, umask and title of the restore. Only what differs
 * between the environment of the start and that of the restore is applied, so that what the
 * application itself set in process.env stays. A changed TZ takes effect at once.
 */
export const environment: RuntimeStep = {
  name: 'environment',
  quiesce() {
    // As at a restore into the same environment: nothing changes, and its code is compiled.
    restoredWith(initialEntries());
  },
  wake(view) {
    if (view.reason !== 'restored') return;
    if (view.args.length > 0) process.argv.splice(2, Number.POSITIVE_INFINITY, ...view.args);
    if (!view.environment) return;
    applyEnvironment(restoredWith(view.environment));
    applySettings(initialEnvironment());
  },
};

function applyEnvironment(names: ReadonlySet<string>): void {
  const after = initialEnvironment();
  for (const name of names) {
    const value = after[name];
    // The launcher gives it to what it starts, not to what it restores.
    if (name === 'TUBTHUMP_BIN') continue;
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
