// @ts-check
// Feeds the native decoders with damaged input, under sanitizers.
//   node scripts/fuzz.mjs [--seconds N] [--keep]
// N seconds for each target (default: 10). New inputs go to a copy of the corpus, native/fuzz/corpus,
// or with --keep into the corpus itself.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/run.mjs';
import { attach } from './child.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, keep: { type: 'boolean' } },
});
// The directory of `npm run test:asan`: most of it is built already.
const directory = 'build-address-undefined';
const sanitize = '-DTUBTHUMP_SANITIZE=address,undefined';
const corpus = join(ROOT, 'native/fuzz/corpus');
const work = values.keep ? corpus : join(ROOT, directory, 'corpus');
if (!values.keep) {
  rmSync(work, { recursive: true, force: true });
  cpSync(corpus, work, { recursive: true });
}

const targets = readdirSync(corpus);
const steps = [
  ['cmake', '-S', 'native', '-B', directory, '-DTUBTHUMP_TESTS=ON', sanitize],
  ['cmake', '--build', directory, '--parallel', '2', '--target', 'fuzz'],
  ...targets.map((name) => [`${directory}/Release/fuzz`, name, values.seconds, join(work, name)]),
];
mkdirSync(work, { recursive: true });
for (const [command, ...args] of steps) {
  const status = await attach(/** @type {string} */ (command), args);
  if (status !== 0) process.exitCode = status;
  if (status !== 0) break;
}
