// @ts-check
// The command line of the benchmark.
import { parseArgs } from 'node:util';
import { conditions } from './conditions.mjs';
import { README_RESULT } from './readme.mjs';
import { trials } from './trials.mjs';
import { workloads } from './workloads.mjs';

const ids = (/** @type {readonly { id: string }[]} */ rows) => rows.map(({ id }) => id).join(', ');

export const HELP = `Usage: npm run bench -- [options]
       npm run bench -- --report [FILE]

Measures the time from the start of a service to its first answer. Needs root, for CRIU.

  --samples N         of each row (default: 20)
  --only REGEX        rows whose name matches: ${ids(trials)}
  --workloads A,B     services (default: all of ${ids(workloads)})
  --conditions A,B    what happens before a sample (default: all of ${ids(conditions)})
  --pause SECONDS     length of the pause (default: 10)
  --seed TEXT         order of rows (default: a new one each time)
  --json FILE         the result (default: benchmarks/results/<time>.json)
  --report [FILE]     put the table of a result into README.md, measure nothing
                      (default: benchmarks/results/readme.json)
`;

/**
 * @typedef {{ command: 'help' }
 *   | { command: 'report', file: string }
 *   | { command: 'measure', json: string | undefined, plan: import('./run.mjs').Plan }} Options
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
      samples: { type: 'string', default: '20' },
      only: { type: 'string', default: '' },
      workloads: { type: 'string', default: '' },
      conditions: { type: 'string', default: '' },
      pause: { type: 'string', default: '10' },
      seed: { type: 'string' },
      json: { type: 'string' },
      report: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { command: 'help' };
  if (values.report) return { command: 'report', file: positionals[0] ?? README_RESULT };
  if (positionals.length > 0) throw new Error(`${positionals[0]}: no such argument, see --help`);
  const only = new RegExp(values.only);
  const plan = {
    trials: trials.filter(({ id }) => only.test(id)),
    workloads: chosen('--workloads', workloads, values.workloads),
    conditions: chosen('--conditions', conditions, values.conditions),
    samples: positive('--samples', values.samples),
    pause: positive('--pause', values.pause),
    seed: values.seed ?? String(Date.now()),
  };
  if (plan.trials.length === 0) throw new Error(`--only ${values.only}: none of ${ids(trials)}`);
  return { command: 'measure', json: values.json, plan };
}

/**
 * @template {{ id: string }} T
 * @param {string} option
 * @param {readonly T[]} rows
 * @param {string} names
 * @returns {readonly T[]}
 */
function chosen(option, rows, names) {
  if (names === '') return rows;
  return names.split(',').map((name) => {
    const row = rows.find(({ id }) => id === name);
    if (!row) throw new Error(`${option} ${name}: none of ${ids(rows)}`);
    return row;
  });
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
