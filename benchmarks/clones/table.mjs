// @ts-check
// What was measured, as Markdown: the same text on a terminal and in docs/clones.md.
import { markdownTable } from 'markdown-table';
import { ratioOfMedians, summarise } from '../../dist/bench/statistics.js';
import { SUBJECT } from './ways.mjs';

/**
 * `ms`: from the call until the last copy has answered. The others are means over the copies.
 *
 * @typedef {{ copies: number, way: string, round: number, failure?: string } & Partial<
 *   Record<'ms' | 'cpuMs' | 'privateMb' | 'proportionalMb', number>>} Sample
 * @typedef {{
 *   options: { samples: number, heap: number, seed: string },
 *   machine: import('../../dist/bench/machine.js').Machine,
 *   loadAfter: readonly number[],
 *   imageMb: number,
 *   ways: readonly { id: string, title: string }[],
 *   samples: readonly Sample[],
 * }} Result
 */

const HEAD = [
  ...['copies', '', 'n', 'median ms', 'p90', 'min', 'against **`clone`**'],
  ...['CPU ms each', 'private MB each', 'proportional MB each'],
];

/** @param {Result} result */
export function renderClones(result) {
  const counts = [...new Set(result.samples.map(({ copies }) => copies))].sort((a, b) => a - b);
  const rows = counts.flatMap((copies) => result.ways.flatMap((way) => rowOf(result, copies, way)));
  const align = HEAD.map((_, column) => (column === 1 ? 'l' : 'r'));
  return `${markdownTable([HEAD, ...rows], { align })}\n\n${facts(result)}`;
}

/**
 * @param {Result} result
 * @param {number} copies
 * @param {{ id: string, title: string }} way
 */
function rowOf({ samples, options }, copies, { id, title }) {
  const table = samples.filter((sample) => sample.copies === copies);
  const own = table.filter(({ way }) => way === id);
  const times = valuesOf(own, 'ms');
  if (own.length === 0) return [];
  const failed = own.length - times.length;
  const count = `${times.length}${failed > 0 ? ` (${failed} failed)` : ''}`;
  if (times.length === 0) return [[String(copies), title, count, ...HEAD.slice(3).map(() => '–')]];
  const { median, p90, min } = summarise(times);
  const reference = valuesOf(
    table.filter(({ way }) => way === SUBJECT),
    'ms',
  );
  const against =
    id === SUBJECT || reference.length === 0
      ? ''
      : interval(ratioOfMedians(times, reference, `${options.seed} ${copies} ${id}`));
  const each = /** @type {const} */ (['cpuMs', 'privateMb', 'proportionalMb']).map((name) => {
    const values = valuesOf(own, name);
    return values.length > 0 ? summarise(values).median.toFixed(1) : '–';
  });
  return [
    [
      String(copies),
      title,
      count,
      ...[median, p90, min].map((ms) => ms.toFixed(0)),
      against,
      ...each,
    ],
  ];
}

/**
 * @param {readonly Sample[]} samples
 * @param {'ms' | 'cpuMs' | 'privateMb' | 'proportionalMb'} name
 */
function valuesOf(samples, name) {
  return samples.flatMap((sample) => sample[name] ?? []);
}

/** @param {import('../../dist/bench/statistics.js').Ratio} ratio */
function interval({ ratio, low, high }) {
  const times = (/** @type {number} */ value) => `${value.toFixed(value < 10 ? 2 : 1)}×`;
  return `${times(ratio)} (${times(low)} to ${times(high)})`;
}

/** @param {Result} result */
function facts({ machine, loadAfter, options, imageMb }) {
  const [before, after] = [machine.load, loadAfter].map((load) => load[0]?.toFixed(2));
  return (
    `A service with an image of ${imageMb.toFixed(0)} MB, after 500 requests. Measured ${machine.date.slice(0, 10)}: ` +
    `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, CRIU ${machine.criu}, Node ` +
    `${machine.nodes.join(' and ')}, load ${before} before and ${after} after. Times run from the ` +
    'call until the last copy has answered; memory is read then, and processor time is of ' +
    'everything that was started until then. Rows take turns, in a random order (seed ' +
    `${options.seed}). Ratios are of medians, with a 95 % bootstrap interval. \`criu restore\` has ` +
    'its network namespaces made before the clock runs. A `fork` is a dump, too.'
  );
}
