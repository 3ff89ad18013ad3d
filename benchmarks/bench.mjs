// @ts-check
// `npm run bench`: see options.mjs for what it takes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP, parseOptions } from './options.mjs';
import { updateReadme } from './readme.mjs';
import { statisticsOf } from './result.mjs';
import { measure } from './run.mjs';
import { renderResult } from './table.mjs';

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
    updateReadme(resolve(HERE, options.file));
    return 0;
  }
  const { plan } = options;
  const measured = await measure(plan, (line) => console.error(line));
  const facts = {
    options: { samples: plan.samples, pause: plan.pause, seed: plan.seed },
    ...measured,
    workloads: plan.workloads.map(({ id, title }) => ({ id, title })),
    conditions: plan.conditions.map(({ id, title }) => ({ id, title })),
    trials: plan.trials.map(({ id, title, against }) => ({ id, title, against })),
  };
  const result = { ...facts, statistics: statisticsOf(facts) };
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
