// @ts-check
// Tables and plots in README and docs, made from the committed results and from nothing else.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderResult } from '../dist/bench/table.js';
import { renderClones } from './clones/table.mjs';
import { renderDump } from './dump/table.mjs';
import { plotsOf } from './plots.mjs';

/** @typedef {import('../dist/bench/result.js').Result} Result */

const file = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const README = file('README.md');
export const PAGE = file('docs/benchmarks.md');
export const CLONES_PAGE = file('docs/clones.md');
export const PERFORMANCE_PAGE = file('docs/performance.md');
const PLOTS = file('docs/plots');

/** Results by the name of their plan. */
export const results = {
  /** @returns {Result} */
  readme: () => JSON.parse(readFileSync(file('benchmarks/results/readme.json'), 'utf8')),
  /** @returns {Result} */
  matrix: () => JSON.parse(readFileSync(file('benchmarks/results/matrix.json'), 'utf8')),
  /** Part of the matrix, on another machine. @returns {Result} */
  nested: () => JSON.parse(readFileSync(file('benchmarks/results/nested.json'), 'utf8')),
  /** @returns {import('./clones/table.mjs').Result} */
  clones: () => JSON.parse(readFileSync(file('benchmarks/results/clones.json'), 'utf8')),
  /** @returns {import('./dump/table.mjs').Result} */
  dump: () => JSON.parse(readFileSync(file('benchmarks/results/dump.json'), 'utf8')),
};

/**
 * A text with what stands between two markers replaced.
 *
 * @param {string} text
 * @param {string} name of the markers
 * @param {string} content
 * @throws Error when the markers are not there, once and in order
 */
export function withSection(text, name, content) {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [before, rest, ...more] = text.split(start);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length > 0 || others.length > 0) {
    throw new Error(`the markers ${start} and ${end} have to be there once each`);
  }
  return `${before}${start}\n${content}\n${end}${after}`;
}

/**
 * Every file of the report, as it has to be.
 *
 * @returns {Promise<Map<string, string>>} contents by path
 */
export async function reportFiles() {
  const matrix = results.matrix();
  const plots = await plotsOf(matrix);
  const images = (/** @type {string} */ page, /** @type {typeof plots} */ some) =>
    some
      .map(({ name, title }) => `![${title}](${relative(dirname(page), `${PLOTS}/${name}.svg`)})`)
      .join('\n\n');
  let readme = readFileSync(README, 'utf8');
  readme = withSection(readme, 'bench', renderResult(results.readme()));
  readme = withSection(readme, 'bench-plot', images(README, plots.slice(0, 1)));
  let page = readFileSync(PAGE, 'utf8');
  page = withSection(page, 'bench', `${images(PAGE, plots)}\n\n${renderResult(matrix)}`);
  page = withSection(page, 'nested', renderResult(results.nested()));
  const clones = withSection(
    readFileSync(CLONES_PAGE, 'utf8'),
    'bench',
    renderClones(results.clones()),
  );
  const performance = withSection(
    readFileSync(PERFORMANCE_PAGE, 'utf8'),
    'dump',
    renderDump(results.dump()),
  );
  const svgs = plots.map(({ name, svg }) => /** @type {const} */ ([`${PLOTS}/${name}.svg`, svg]));
  return new Map([
    [README, readme],
    [PAGE, page],
    [CLONES_PAGE, clones],
    [PERFORMANCE_PAGE, performance],
    ...svgs,
  ]);
}

/** Writes them. */
export async function writeReport() {
  const files = await reportFiles();
  mkdirSync(PLOTS, { recursive: true });
  for (const [path, content] of files) writeFileSync(path, content);
}
