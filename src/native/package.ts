import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of the installed package: this file is in src/native or dist/native. */
export const PACKAGE_ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

export const PACKAGE_VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  }
).version;

/** The native launcher, the `tubthump` executable. */
export function launcherPath(): string {
  return `${PACKAGE_ROOT}build/Release/tubthump`;
}

/** What `tubthump bench` measures with. */
export function meterPath(): string {
  return `${PACKAGE_ROOT}build/Release/tubthump-meter`;
}

/** The addon, for checks; loading goes through `bindings`. */
export function addonPath(): string {
  return `${PACKAGE_ROOT}build/Release/tubthump.node`;
}
