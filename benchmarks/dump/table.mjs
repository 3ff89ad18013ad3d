// @ts-check
// What dumps cost, as Markdown: the same text on a terminal and in docs/performance.md.
import { markdownTable } from 'markdown-table';
import { ratioOfMedians, summarise } from '../../dist/bench/statistics.js';

/**
 * The first row is what the others are held against.
 *
 * @typedef {import('./ways.mjs').Figure} Figure
 * @typedef {import('./ways.mjs').Sample} Sample
 * @typedef {{ id: string, title: string, samples: readonly Sample[] }} Row
 * @typedef {{ heap: string, ways: readonly Row[] }} Table `heap`: MB of the image, about
 * @typedef {{
 *   machine: import('../../dist/bench/machine.js').Machine,
 *   options: { samples: number },
 *   results: readonly Table[],
 * }} Result
 */

/** @type {readonly (readonly [Figure, string])[]} */
const TIMES = [
  ['before', 'asked → agent'],
  ['dump', 'dump and bake'],
  ['frozen', 'frozen'],
  ['fsync', 'fsync'],
  ['after', '→ answered'],
];
/** @type {readonly (readonly [Figure, string])[]} */
const RATIOS = [
  ['dump', 'dump and bake ×'],
  ['frozen', 'frozen ×'],
  ['all', 'all ×'],
];

/** @param {Result} result */
export function renderDump({ machine, options, results }) {
  const head = ['MB', 'ms', ...[...TIMES, ...RATIOS].map(([, title]) => title)];
  const rows = results.flatMap(({ heap, ways }) => ways.map((row) => rowOf(heap, row, ways[0])));
  const align = head.map((_, column) => (column === 1 ? 'l' : 'r'));
  const facts =
    `Medians (fastest) of ${options.samples}, ms, in turns; ratios of medians with a 95 % bootstrap ` +
    `interval. Measured ${machine.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Linux ` +
    `${machine.kernel}, CRIU ${machine.criu}, Node ${machine.nodes.join(' and ')}.`;
  return `${markdownTable([head, ...rows], { align })}\n\n${facts}`;
}

/**
 * @param {string} heap
 * @param {Row} row
 * @param {Row | undefined} first
 */
function rowOf(heap, row, first) {
  const times = TIMES.map(([figure]) => {
    const values = valuesOf(row, figure);
    if (values.length === 0) return '–';
    const { median, min } = summarise(values);
    return `${median.toFixed(0)} (${min.toFixed(0)})`;
  });
  const ratios = RATIOS.map(([figure]) => {
    if (!first || row === first) return '1';
    const ratio = ratioOfMedians(valuesOf(row, figure), valuesOf(first, figure), heap);
    return `${ratio.ratio.toFixed(2)}× (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`;
  });
  return [heap, row.title, ...times, ...ratios];
}

/**
 * @param {Row} row
 * @param {Figure} figure
 */
function valuesOf({ samples }, figure) {
  return samples.flatMap((sample) => sample[figure] ?? []);
}
