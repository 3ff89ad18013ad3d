// @ts-check
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';
import { unlessDone } from './stamp.mjs';

const CMAKE_JS = 'node_modules/cmake-js/bin/cmake-js';

/**
 * Builds launcher and addon, and for tests the unit tests of the core library. Both kinds share one
 * build directory, so that going from one to the other compiles only what is missing.
 *
 * @param {{ tests: boolean }} options
 */
export function buildNative({ tests }) {
  const outputs = ['build/Release/tubthump', 'build/Release/tubthump.node'];
  if (tests) {
    const programs = ['native_tests', 'deaf_service', 'fake_swrk', 'rpc_codec'];
    outputs.push(...programs.map((name) => `build/Release/${name}`));
  }
  return unlessDone({
    name: 'native',
    inputs: ['native', 'node_modules/node-addon-api/package.json'],
    outputs,
    // `compile` alone does not look at options again once the directory is configured.
    work: async () => {
      forgetMovedBuild();
      const common = ['-d', 'native', '--out', 'build'];
      const option = `--CDTUBTHUMP_TESTS=${tests ? 'ON' : 'OFF'}`;
      await run(process.execPath, [CMAKE_JS, 'configure', ...common, option]);
      await run(process.execPath, [CMAKE_JS, 'build', ...common, option, '--parallel', '2']);
    },
  });
}

/**
 * Removes a build directory that was configured at another path, in a clone that was moved or copied
 * since: CMake refuses it.
 *
 * @param {string} [root] of the repository
 */
export function forgetMovedBuild(root = ROOT) {
  const cache = join(root, 'build/CMakeCache.txt');
  if (!existsSync(cache)) return;
  const source = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(readFileSync(cache, 'utf8'))?.[1];
  if (source !== join(root, 'native'))
    rmSync(join(root, 'build'), { recursive: true, force: true });
}
