// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

/**
 * Installs the packages of a lock file, unless node_modules holds them already.
 *
 * @param {string} [directory] relative to the repository
 * @param {import('./run.mjs').Run} [execute]
 * @returns {Promise<boolean>} whether something was installed
 */
export async function installNpmPackages(directory = '.', execute = run) {
  const cwd = join(ROOT, directory);
  if (matchesLock(cwd)) return false;
  // The packages with Node binaries all want to be called `node`.
  const links = directory === '.' ? [] : ['--no-bin-links'];
  await execute('npm', ['ci', '--no-audit', '--no-fund', ...links], { cwd });
  return true;
}

/**
 * Compares the lock file with the one that npm leaves inside node_modules: that one says what was
 * installed last, whoever did it.
 *
 * @param {string} directory
 */
export function matchesLock(directory) {
  const hidden = join(directory, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = packagesOf(hidden);
  return Object.entries(packagesOf(join(directory, 'package-lock.json'))).every(
    ([path, wanted]) => {
      const isInstalled = path.startsWith('node_modules/') || path.includes('/node_modules/');
      if (!isInstalled) return true;
      const found = installed[path];
      if (!found) return wanted.optional === true;
      const isThere = wanted.link === true || existsSync(join(directory, path));
      return isThere && found.version === wanted.version && found.integrity === wanted.integrity;
    },
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
