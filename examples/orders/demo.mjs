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

process.exitCode = await main();

async function main() {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '400' },
      json: { type: 'boolean', default: false },
    },
  });
  const progress = new Progress(values.json ? process.stderr : process.stdout);
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
    const orders = Number(values.orders);
    const result = await demonstrate({ orders, directory, processes, progress });
    if (values.json) console.log(JSON.stringify(result, null, 2));
    else show(result);
    return result.claims.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    progress.stop();
    if (!(error instanceof Problem)) throw error;
    if (!processes.ending) showProblem(error, values.json);
    return 1;
  } finally {
    await cleanUp();
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
