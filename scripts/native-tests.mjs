// @ts-check
// Builds and runs the unit tests of the native core library.
//   node scripts/native-tests.mjs [--sanitize address,undefined|thread]
// Every kind of build has a directory of its own; plain cmake, no Node headers.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/run.mjs';
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

// A child that the tests start reports too, but its end is not the end of the tests.
const reports = join(ROOT, directory, 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
for (const name of ['ASAN_OPTIONS', 'TSAN_OPTIONS', 'UBSAN_OPTIONS'])
  process.env[name] = `log_path=${reports}/report`;

for (const [command, ...args] of steps) {
  const status = await attach(/** @type {string} */ (command), args);
  if (status !== 0) process.exitCode = status;
  if (status !== 0) break;
}
for (const name of readdirSync(reports)) {
  console.error(readFileSync(join(reports, name), 'utf8'));
  process.exitCode = 1;
}
