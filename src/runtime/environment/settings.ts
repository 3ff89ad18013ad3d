import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import type { Environment } from '../../process/environment.js';

/** What a restore may say of the process, by the variable that says it. */
const SETTINGS: Readonly<Record<string, (value: string) => void>> = {
  TUBTHUMP_CWD: (directory) => process.chdir(directory),
  TUBTHUMP_UMASK: (mask) => {
    if (!/^[0-7]{1,4}$/.test(mask)) throw new Error('not an octal number');
    process.umask(Number.parseInt(mask, 8));
  },
  TUBTHUMP_TITLE: (title) => {
    process.title = title;
  },
};

/** @throws TubthumpError ERR_TUBTHUMP_SETTING; the settings behind it are applied all the same */
export function applySettings(environment: Environment): void {
  let failure: TubthumpError | undefined;
  for (const [name, apply] of Object.entries(SETTINGS)) {
    const value = environment[name];
    if (!value) continue;
    try {
      apply(value);
    } catch (cause) {
      failure ??= wrongSetting(name, value, cause as Error);
    }
  }
  if (failure) throw failure;
}

export function wrongSetting(name: string, value: string, cause: Error): TubthumpError {
  const message = `${name}=${value} cannot be applied: ${cause.message}`;
  return new TubthumpError('ERR_TUBTHUMP_SETTING', message, { cause });
}
