// @ts-check
import { SetupProblem } from './problem.mjs';

const OLDEST_NODE = [20, 19];

/**
 * Stops where nothing of this can work, before anything is installed.
 *
 * @param {import('./machine.mjs').Machine} machine
 * @throws {SetupProblem}
 */
export function checkPlatform({ platform, arch, node }) {
  if (platform !== 'linux') {
    throw new SetupProblem(
      `this is ${platform}, and CRIU exists for Linux only`,
      'Use a Linux machine, for example Debian 12 in a virtual machine.',
    );
  }
  if (arch !== 'x64') {
    throw new SetupProblem(
      `this is ${arch}, and only x86-64 is supported`,
      'Use an x86-64 machine with an x64 build of Node.',
    );
  }
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetupProblem(
      `this is Node ${node}, and ${OLDEST_NODE.join('.')} or newer is needed`,
      'Install Node 20, 22, 24 or 26, and put it first in PATH.',
    );
  }
}
