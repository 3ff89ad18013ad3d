// @ts-check
import { styleText } from 'node:util';
import { bytes, duration } from './format.mjs';

const COLUMN = 26;
const LONGEST = 22;
/** Slowest to fastest cold start, from which on the result is a rough one. */
const BUSY = 1.5;

/**
 * Prints the answers before and after, and the ratio.
 *
 * @param {import('./demonstrate.mjs').Result} result
 * @param {string} [kept] directory of an image that stays
 */
export function showReport({ coldStart, restore, ratio, claims, before, copies }, kept) {
  const { node, products, memory } = before.state;
  const heads = copies.length > 1 ? ['copy 1', `copy ${copies.length}`] : ['copy 1'];
  console.log(`\nNode ${node}, ${products} products in memory, ${bytes(memory)} resident`);
  console.log(styleText('dim', row('', 'before', ...heads)));
  for (const { claim, before, copies, holds } of claims) {
    const mark = holds ? styleText('green', '✓') : styleText('red', '✗');
    const values = [before, copies[0], ...(copies.length > 1 ? [copies.at(-1)] : [])];
    console.log(`${mark}${row(claim, ...values.map(short)).slice(1)}`);
  }

  const broken = claims.filter(({ holds }) => !holds).map(({ claim }) => claim);
  if (broken.length > 0) {
    console.log(
      styleText('red', `\nNot as it should be, in one of the copies: ${broken.join(', ')}`),
    );
    return;
  }
  const times = `${duration(coldStart.medianMs)} → ${duration(restore.medianMs)}`;
  console.log(
    `\n${styleText('bold', `${ratio.toFixed(1)} times faster`)} to the first answer: ${times}`,
  );
  if (coldStart.maxMs > BUSY * coldStart.minMs) {
    console.log(
      'The machine is busy: its cold starts differ much, so take the ratio as a rough one.',
    );
  }
  if (kept) console.log(`The image is kept: build/Release/tubthump restore ${kept}`);
}

/**
 * @param {string} name
 * @param {...string} values
 */
function row(name, ...values) {
  return [`  ${name}`, ...values]
    .map((cell) => cell.padEnd(COLUMN))
    .join('')
    .trimEnd();
}

/** @param {unknown} value */
function short(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
