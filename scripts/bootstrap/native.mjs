// @ts-check
import { run } from './run.mjs';
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
  if (tests) outputs.push('build/Release/native_tests');
  return unlessDone({
    name: 'native',
    inputs: ['native', 'node_modules/node-addon-api/package.json'],
    outputs,
    work: () =>
      run(process.execPath, [
        ...[CMAKE_JS, 'compile', '-d', 'native', '--out', 'build', '--parallel', '2'],
        `--CDTUBTHUMP_TESTS=${tests ? 'ON' : 'OFF'}`,
      ]),
  });
}
