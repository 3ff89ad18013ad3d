// @ts-check
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm start -- [options]

  --restores N    copies to restore (default: 7)
  --cold-starts N ordinary starts to compare with (default: 3)
  --requests N    requests of the warm-up (default: 600)
  --node PATH     the Node binary of the service (default: this one)
  --keep DIR      make the image in DIR and leave it there
  --json          one JSON object on stdout, progress on stderr

CATALOG_PRODUCTS in the environment sets the size of the catalogue (default: 3000).`;

/**
 * @typedef {{ restores: number, coldStarts: number, requests: number, node: string,
 *   keep: string | undefined, json: boolean, help: boolean }} Options
 */

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} with a message for people
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      restores: { type: 'string', default: '7' },
      'cold-starts': { type: 'string', default: '3' },
      requests: { type: 'string', default: '600' },
      node: { type: 'string', default: process.execPath },
      keep: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    restores: count('--restores', values.restores),
    coldStarts: count('--cold-starts', values['cold-starts']),
    requests: count('--requests', values.requests),
    node: resolve(values.node),
    keep: values.keep === undefined ? undefined : resolve(values.keep),
    json: values.json,
    help: values.help,
  };
}

/**
 * @param {string} option
 * @param {string} text
 */
function count(option, text) {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`${option} takes a positive whole number, not ${text}`);
}
