// @ts-check
import { setUpCriu } from './criu.mjs';
import { thisMachine } from './machine.mjs';
import { buildNative } from './native.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { checkPlatform } from './platform.mjs';
import { SetupProblem } from './problem.mjs';
import { run } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';
import { buildTypeScript } from './typescript.mjs';

/**
 * Brings a clean clone to where services can be checkpointed: what is there already is reused, and a
 * pass that finds everything in place takes some 0.1 s.
 *
 * @param {{ tests: boolean, postgresql?: boolean, print?: (line: string) => void }} options with tests,
 *   also what only they use
 * @throws {SetupProblem} with a hint, when something has to be done by hand
 */
export async function prepare({ tests, postgresql = tests, print = console.log }) {
  const machine = thisMachine();
  checkPlatform(machine);
  /** @type {Array<[string, () => Promise<boolean>]>} */
  const steps = [
    [
      'system packages',
      () => installSystemPackages(machine, run, { postgresql, containers: tests }),
    ],
    ['npm packages', () => installNpmPackages()],
    ['native code', () => buildNative({ tests })],
    ['TypeScript', () => buildTypeScript()],
    ['CRIU', () => setUpCriu({ tests })],
  ];
  if (tests) steps.push(['Node versions', () => installNpmPackages('test/node-versions')]);
  for (const [name, step] of steps) await timed(name, step, print);
}

/**
 * Prints a line only for what took work.
 *
 * @param {string} name
 * @param {() => Promise<boolean>} step
 * @param {(line: string) => void} print
 */
async function timed(name, step, print) {
  const started = performance.now();
  const announce = setTimeout(print, 300, `set-up: ${name} …`);
  try {
    const worked = await step();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (worked) print(`set-up: ${name} done in ${seconds} s`);
  } finally {
    clearTimeout(announce);
  }
}

/**
 * Runs a script's `main`, and turns what went wrong into lines and an exit status.
 *
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof SetupProblem)) throw error;
    console.error(`set-up: ${error.message}`);
    console.error(`hint: ${error.hint}`);
  }
}
