// @ts-check
// Builds and runs the unit tests of the native core library.
//   node scripts/native-tests.mjs [--sanitize address,undefined|thread]
// Every kind of build has a directory of its own; plain cmake, no Node headers.
import { parseArgs } from 'node:util';
import { attach } from './child.mjs';

const { values } = parseArgs({ options: { sanitize: { type: 'string', default: '' } } });
const directory = values.sanitize ? `build-${values.sanitize.replace(',', '-')}` : 'build';

/** @type {string[][]} */
const build = [
  [
    'cmake',
    '-S',
    'native',
    '-B',
    directory,
    '-DTUBTHUMP_TESTS=ON',
    `-DTUBTHUMP_SANITIZE=${values.sanitize}`,
  ],
  ['cmake', '--build', directory, '--parallel', '2', '--target', 'native_tests'],
];
// Without sanitizers the set-up has built them beside addon and launcher.
const steps = [...(values.sanitize ? build : []), [`${directory}/Release/native_tests`]];

for (const [command, ...args] of steps) {
  const status = await attach(/** @type {string} */ (command), args);
  if (status !== 0) process.exit(status);
}
