// @ts-check
// The README's table, made from the committed result and from nothing else.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderResult } from './table.mjs';

export const README = fileURLToPath(new URL('../README.md', import.meta.url));
export const README_RESULT = fileURLToPath(new URL('results/readme.json', import.meta.url));

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/**
 * A text with the table between its markers replaced.
 *
 * @param {string} text
 * @param {import('./result.mjs').Result} result
 * @throws Error when the markers are not there, once and in order
 */
export function withTable(text, result) {
  const [before, rest, ...more] = text.split(START);
  const [, after, ...others] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length > 0 || others.length > 0) {
    throw new Error(`the markers ${START} and ${END} have to be there once each`);
  }
  return `${before}${START}\n${renderResult(result)}\n${END}${after}`;
}

/** @param {string} file a result */
export function updateReadme(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(README, withTable(readFileSync(README, 'utf8'), result));
}
