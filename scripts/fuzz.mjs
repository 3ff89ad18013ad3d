// @ts-check
// Feeds the native decoders with damaged input: libFuzzer, under address and undefined sanitizers.
//   node scripts/fuzz.mjs [--seconds N] [--keep] [TARGET…]
// N seconds (default: 10) for each target of native/fuzz, as many at once as there are processors.
// Inputs that reach something new go to build-fuzz/corpus, where the next run begins; with --keep,
// those that are worth it go to native/fuzz/corpus. One that fails is left in build-fuzz/failures.
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './bootstrap/index.mjs';
import { thisMachine } from './bootstrap/machine.mjs';
import { SetupProblem } from './bootstrap/problem.mjs';
import { ROOT, run } from './bootstrap/run.mjs';
import { installSystemPackages } from './bootstrap/system-packages.mjs';
import { attach } from './child.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, keep: { type: 'boolean' } },
});
const directory = join(ROOT, 'build-fuzz');
const failures = join(directory, 'failures');
// What targets write: there is no need for it to reach a disk.
const scratch = mkdtempSync('/dev/shm/tubthump-fuzz-');
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

await runScript(async () => {
  await installSystemPackages(thisMachine(), run, { fuzzing: true });
  return (await build()) || (await fuzz());
});

async function build() {
  const options = [
    '-DCMAKE_CXX_COMPILER=clang++-19',
    '-DTUBTHUMP_SANITIZE=fuzzer-no-link,address,undefined',
  ];
  return (
    (await attach('cmake', ['-S', 'native', '-B', directory, ...options])) ||
    attach('cmake', ['--build', directory, '--parallel', '2', '--target', 'fuzz'])
  );
}

async function fuzz() {
  const known = readdirSync(join(ROOT, 'native/fuzz'))
    .filter((file) => file.endsWith('.cpp'))
    .map((file) => basename(file, '.cpp'));
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new SetupProblem(`no target ${unknown.join(', ')}`, `There are: ${known.join(', ')}.`);
  const targets = positionals.length > 0 ? [...positionals] : known;
  let status = 0;
  const takeTurns = async () => {
    for (let name = targets.shift(); name && !status; name = targets.shift()) {
      const outcome = await fuzzTarget(name);
      status ||= outcome;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
  return status;
}

/** @param {string} name */
async function fuzzTarget(name) {
  const seeds = join(ROOT, 'native/fuzz/corpus', name);
  const found = join(directory, 'corpus', name);
  for (const path of [seeds, found, failures]) mkdirSync(path, { recursive: true });
  const limits = [`-max_total_time=${values.seconds}`, '-timeout=20', '-rss_limit_mb=1024'];
  const report = ['-print_final_stats=1', `-artifact_prefix=${failures}/${name}-`];
  const status = await runTarget(name, [
    ...limits,
    ...report,
    '-use_value_profile=1',
    found,
    seeds,
  ]);
  if (status || !values.keep) return status;
  return runTarget(name, ['-merge=1', '-use_counters=0', seeds, found]);
}

/**
 * Its words go to a file; a line of them to us, or all when it failed.
 *
 * @param {string} name
 * @param {string[]} args
 */
async function runTarget(name, args) {
  const log = join(directory, `${name}.log`);
  const output = openSync(log, 'w');
  const status = await attach(join(directory, 'Release/fuzz', name), args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, TMPDIR: scratch },
  });
  const text = readFileSync(log, 'utf8');
  const covered = text.match(/cov: \d+ ft: \d+ corp: \d+/g)?.at(-1);
  const runs = /^Done (.*)$/m.exec(text)?.[1];
  if (status) console.error(text);
  else if (runs) console.log(`${name}: ${runs}, ${covered}`);
  return status;
}
