// @ts-check
// The command line of the benchmark.
import { parseArgs } from 'node:util';
import { plans } from './plans.mjs';

/** @param {readonly { id: string }[]} rows */
const ids = (rows) => [...new Set(rows.map(({ id }) => id))].join(', ');

const all = Object.values(plans).flat();

export const HELP = `Usage: npm run bench -- [options]
       npm run bench -- --report

Measures how services start, in many ways. Needs root, for CRIU.

  --plan NAME         tables to measure: ${Object.keys(plans).join(' or ')} (default: readme)
  --samples N         of each row (default: 20)
  --only REGEX        rows whose name matches: ${ids(all.flatMap(({ trials }) => trials))}
  --workloads A,B     services: ${ids(all.map(({ workload }) => workload))}
  --conditions A,B    what happens before a sample: ${ids(all.map(({ condition }) => condition))}
  --copies A,B        tables with so many started at once: 1, 8, 16
  --throughput N      requests whose rate is measured, where it is (default: 10000)
  --pause SECONDS     length of the pause (default: 10)
  --seed TEXT         order of rows (default: a new one each time)
  --json FILE         the result (default: benchmarks/results/<time>.json)
  --report            put tables and plots of results/readme.json and results/matrix.json into
                      README.md and docs, measure nothing
`;

/**
 * @typedef {{ command: 'help' }
 *   | { command: 'report' }
 *   | { command: 'measure', json: string | undefined, plan: import('../dist/bench/plan.js').Plan }
 * } Options
 */

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws Error that says what was expected
 */
export function parseOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      plan: { type: 'string', default: 'readme' },
      samples: { type: 'string', default: '20' },
      only: { type: 'string', default: '' },
      workloads: { type: 'string', default: '' },
      conditions: { type: 'string', default: '' },
      copies: { type: 'string', default: '' },
      throughput: { type: 'string' },
      pause: { type: 'string', default: '10' },
      seed: { type: 'string' },
      json: { type: 'string' },
      report: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { command: 'help' };
  if (values.report) return { command: 'report' };
  if (positionals.length > 0) throw new Error(`${positionals[0]}: no such argument, see --help`);
  const samples = positive('--samples', values.samples);
  const rows = all.flatMap(({ trials }) => trials);
  const only = new RegExp(values.only);
  if (!rows.some(({ id }) => only.test(id))) {
    throw new Error(`--only ${values.only}: none of ${ids(rows)}`);
  }
  const isWorkload = filter('--workloads', ids(all.map(({ workload }) => workload)), values);
  const isCondition = filter('--conditions', ids(all.map(({ condition }) => condition)), values);
  const isCopies = filter('--copies', '1, 8, 16', values);
  const blocks = tablesOf(values.plan)
    .filter(({ workload }) => isWorkload(workload.id))
    .filter(({ condition }) => isCondition(condition.id))
    .filter(({ copies }) => isCopies(String(copies)))
    .map((table) => ({
      ...{ ...table, samples, load: loadOf(table, values.throughput) },
      trials: table.trials.filter(({ id }) => only.test(id)),
    }))
    .filter(({ trials }) => trials.length > 0);
  if (blocks.length === 0) throw new Error('no table of the plan has rows that were asked for');
  const pause = positive('--pause', values.pause);
  const plan = { blocks, pause, seed: values.seed ?? String(Date.now()) };
  return { command: 'measure', json: values.json, plan };
}

/**
 * @param {import('./plans.mjs').Table} table
 * @param {string | undefined} text
 */
function loadOf({ load }, text) {
  if (text === undefined || load.throughput === 0) return load;
  return { ...load, throughput: positive('--throughput', text) };
}

/** @param {string} name */
function tablesOf(name) {
  if (name === 'readme' || name === 'matrix') return plans[name];
  throw new Error(`--plan ${name}: none of ${Object.keys(plans).join(', ')}`);
}

/**
 * Whether a name was asked for; all were when the option is not there.
 *
 * @param {'--workloads' | '--conditions' | '--copies'} option
 * @param {string} known
 * @param {{ workloads: string, conditions: string, copies: string }} values
 * @returns {(name: string) => boolean}
 */
function filter(option, known, values) {
  const text = values[/** @type {'workloads' | 'conditions' | 'copies'} */ (option.slice(2))];
  if (text === '') return () => true;
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !known.split(', ').includes(name));
  if (unknown !== undefined) throw new Error(`${option} ${unknown}: none of ${known}`);
  return (name) => wanted.includes(name);
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${option} takes a positive number, not ${text}`);
  return value;
}
