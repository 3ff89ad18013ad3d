// @ts-check
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The facts on which set-up decides. Tests inject others.
 *
 * @typedef {object} Machine
 * @property {string} platform
 * @property {string} arch
 * @property {string} node version without `v`
 * @property {boolean} isRoot
 * @property {string} distribution name for people, from os-release
 * @property {boolean} isDebian Debian itself or a system made from it
 * @property {(program: string) => boolean} hasProgram in PATH
 * @property {(path: string) => boolean} hasFile
 */

/**
 * @param {string} [root] directory that stands for `/`
 * @returns {Machine}
 */
export function thisMachine(root = '/') {
  const release = osRelease(root);
  return {
    platform: process.platform,
    arch: process.arch,
    node: process.versions.node,
    isRoot: process.geteuid?.() === 0,
    distribution: release.get('PRETTY_NAME') ?? 'an unknown distribution',
    isDebian: `${release.get('ID')} ${release.get('ID_LIKE')}`.split(' ').includes('debian'),
    hasProgram,
    hasFile: (path) => existsSync(join(root, path)),
  };
}

/**
 * @param {string} root
 * @returns {Map<string, string>}
 */
function osRelease(root) {
  const file = join(root, 'etc/os-release');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return new Map(
    [...text.matchAll(/^(\w+)="?(.*?)"?$/gm)].map(([, name, value]) => [
      String(name),
      String(value),
    ]),
  );
}

/** @param {string} program */
function hasProgram(program) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
