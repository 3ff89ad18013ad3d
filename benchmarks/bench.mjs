// @ts-check
// `npm run bench`: see options.mjs for what it takes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from '../dist/bench/measure.js';
import { resultOf } from '../dist/bench/result.js';
import { renderResult } from '../dist/bench/table.js';
import { HELP, parseOptions } from './options.mjs';
import { node, SCRATCH } from './programs.mjs';
import { writeReport } from './report.mjs';

/** npm runs us in benchmarks/; paths are meant from where the user is. */
const HERE = process.env.INIT_CWD ?? process.cwd();

/** @returns {Promise<number>} exit status */
async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.command === 'help') {
    console.log(HELP);
    return 0;
  }
  if (options.command === 'report') {
    await writeReport();
    return 0;
  }
  const { plan } = options;
  const measured = await measure(plan, {
    scratch: SCRATCH,
    nodes: [node('node-20'), node('node-24')],
    tell: (line) => console.error(line),
  });
  const result = resultOf(plan, measured);
  const file = options.json ? resolve(HERE, options.json) : defaultFile(result.machine.date);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`${renderResult(result)}\n\nraw samples: ${file}`);
  return result.samples.some((sample) => 'failure' in sample) ? 1 : 0;
}

/** @param {string} date */
function defaultFile(date) {
  const name = date.slice(0, 19).replaceAll(':', '-');
  return fileURLToPath(new URL(`results/${name}.json`, import.meta.url));
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
