import process from 'node:process';
import type { RuntimeStep } from '../core/runtime-step.js';
import type { Environment } from '../process/environment.js';
import { restoreEnvironment } from './environment/given.js';
import { wrongSetting } from './environment/settings.js';

/** docs/cli.md, "the restore failed". */
const EXIT_FAILED = 70;

/**
 * User and group of the restore, when servers listen already: ports below 1024 may be theirs. A copy
 * that cannot become who it is to be ends, for it would serve with the rights of the dump.
 */
export const identity: RuntimeStep = {
  name: 'identity',
  wake(view) {
    try {
      become(restoreEnvironment(view));
    } catch (error) {
      process.stderr.write(`tubthump: ${(error as Error).message} (ERR_TUBTHUMP_SETTING)\n`);
      process.exit(EXIT_FAILED);
    }
  },
};

/** The group first: afterwards nobody may change it any more. setuid(2) */
function become({ TUBTHUMP_USER: user, TUBTHUMP_GROUP: group }: Environment): void {
  if (group) {
    attempt('TUBTHUMP_GROUP', group, () => {
      process.setgroups?.([idOr(group)]);
      process.setgid?.(idOr(group));
    });
  }
  if (user) attempt('TUBTHUMP_USER', user, () => process.setuid?.(idOr(user)));
}

function attempt(name: string, value: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw wrongSetting(name, value, cause as Error);
  }
}

function idOr(name: string): number | string {
  return /^\d+$/.test(name) ? Number(name) : name;
}
