// @ts-check
// A checkpoint under load and a restore of the service in this directory, watched by its customers.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { stage } from '../catalog/demo/stage.mjs';
import { demonstrate } from './demo/demonstrate.mjs';

const COLUMN = 36;
const HELP = `Usage: npm start --workspace examples/orders -- [options]

  --orders N   orders that are waited for in each part (default: 400)
  --json       one JSON object on stdout, progress on stderr`;

process.exitCode = await main();

async function main() {
  const options = readOptions();
  if (!options) return 64;
  const { json, orders } = options;
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-orders-'));
  chmodSync(directory, 0o711); // PostgreSQL is another user.
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  return stage({
    ...{ json, show, workspace: { remove } },
    play: (parts) => demonstrate({ orders, directory, ...parts }),
  });
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
