import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { TubthumpError } from '../../errors/index.js';

/** Programs that unpacking a private CRIU takes, and the Debian packages that they come from. */
const TOOLS: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  'dpkg-deb': 'dpkg',
  flock: 'util-linux',
  patchelf: 'patchelf',
};

/** @throws ERR_TUBTHUMP_SETUP_TOOL naming all that is missing */
export function requireTools(path = process.env.PATH ?? ''): void {
  const missing = Object.keys(TOOLS).filter((tool) => !isThere(tool, path));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => TOOLS[tool]).join(' ');
  const message = missing.includes('apt-get')
    ? `this system has no apt (${missing.join(', ')} not found), so no CRIU can be unpacked for it`
    : `${missing.join(', ')} not found: apt-get install ${packages}`;
  throw new TubthumpError('ERR_TUBTHUMP_SETUP_TOOL', message);
}

function isThere(tool: string, path: string): boolean {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
