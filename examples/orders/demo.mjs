// @ts-check
// A checkpoint under load and a restore of the service in this directory, watched by its customers.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { Problem, showProblem } from '../catalog/demo/problem.mjs';
import { Processes } from '../catalog/demo/processes.mjs';
import { Progress } from '../catalog/demo/progress.mjs';
import { demonstrate } from './demo/demonstrate.mjs';

const COLUMN = 36;
const HELP = `Usage: npm start --workspace examples/orders -- [options]

  --orders N   orders that are waited for in each part (default: 400)
  --json       one JSON object on stdout, progress on stderr`;

process.exitCode = await main();

async function main() {
  const options = readOptions();
  if (!options) return 64;
  const progress = new Progress(options.json ? process.stderr : process.stdout);
  const processes = new Processes();
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-orders-'));
  chmodSync(directory, 0o711); // PostgreSQL is another user.

  const cleanUp = async () => {
    progress.stop();
    await processes.endAll();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])) {
    process.once(signal, () => void cleanUp().then(() => process.exit(128 + number)));
  }

  try {
    const { orders } = options;
    const result = await demonstrate({ orders, directory, processes, progress });
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else show(result);
    return result.claims.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    progress.stop();
    if (!(error instanceof Problem)) throw error;
    if (!processes.ending) showProblem(error, options.json);
    return 1;
  } finally {
    await cleanUp();
  }
}

/** @returns {{ orders: number, json: boolean } | undefined} undefined: they were wrong, and it was said */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        orders: { type: 'string', default: '400' },
        json: { type: 'boolean', default: false },
      },
    });
    if (!/^[1-9]\d{0,5}$/.test(values.orders)) {
      throw new Error(`--orders takes a positive whole number, not ${values.orders}`);
    }
    return { ...values, orders: Number(values.orders) };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    return undefined;
  }
}

/** @param {import('./demo/demonstrate.mjs').Result} result */
function show({ claims }) {
  console.log();
  for (const { claim, seen, holds } of claims) {
    console.log(
      `${holds ? styleText('green', '✓') : styleText('red', '✗')} ${claim.padEnd(COLUMN)}${seen}`,
    );
  }
}
