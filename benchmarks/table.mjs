// @ts-check
// A result as Markdown: the same text on a terminal and in the README.
import { markdownTable } from 'markdown-table';
import { statisticsOf } from './result.mjs';

/** @typedef {import('./result.mjs').Result} Result */

const HEAD = [
  'start to first answer',
  'n',
  'median ms',
  'p90',
  'min',
  'against **`tubthump restore`**',
  'against it with `--engine eager`',
];

/**
 * @param {Result} result
 * @returns {string}
 */
export function renderResult(result) {
  const statistics = statisticsOf(result);
  const parts = result.workloads.flatMap((workload) =>
    result.conditions.flatMap((condition) => {
      const rows = statistics.filter(
        (row) => row.workload === workload.id && row.condition === condition.id,
      );
      if (rows.length === 0) return [];
      return [heading(result, workload, condition), table(result, rows)];
    }),
  );
  return [...parts, facts(result)].join('\n\n');
}

/**
 * @param {Result} result
 * @param {{ id: string, title: string }} workload
 * @param {{ id: string, title: string }} condition
 */
function heading(result, workload, condition) {
  const bytes = result.images.find((image) => image.workload === workload.id)?.bytes ?? 0;
  const pause = condition.id === 'pause' ? ` of ${result.options.pause} s` : '';
  return `**${workload.title}**, image of ${(bytes / 1e6).toFixed(1)} MB, ${condition.title}${pause}:`;
}

/**
 * @param {Result} result
 * @param {import('./result.mjs').Statistics[]} rows
 */
function table(result, rows) {
  const body = rows.map(({ trial, summary, failures, ratios }) => [
    result.trials.find(({ id }) => id === trial)?.title ?? trial,
    `${summary?.n ?? 0}${failures > 0 ? ` (${failures} failed)` : ''}`,
    ...[summary?.median, summary?.p90, summary?.min].map((ms) => ms?.toFixed(1) ?? '–'),
    ...[ratios.map, ratios.eager].map(interval),
  ]);
  return markdownTable([HEAD, ...body], { align: ['l', ...HEAD.slice(1).map(() => 'r')] });
}

/** @param {import('./statistics.mjs').Ratio | null} ratio */
function interval(ratio) {
  return ratio ? `${times(ratio.ratio)} (${times(ratio.low)} to ${times(ratio.high)})` : '–';
}

/** @param {number} ratio */
function times(ratio) {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;
}

/** @param {Result} result */
function facts({ machine, loadAfter, options }) {
  const [before, after] = [machine.load, loadAfter].map((load) => load[0]?.toFixed(2));
  return (
    `Measured ${machine.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ` +
    `Linux ${machine.kernel}, CRIU ${machine.criu}, Node ${machine.nodes.join(' and ')}, load ` +
    `${before} before and ${after} after. Each sample is a fresh process, timed from spawn to the ` +
    `first bytes of the answer; rows take turns, in a random order (seed ${options.seed}). ` +
    `Ratios are of medians, with a 95 % bootstrap interval: above 1, \`tubthump restore\` on the ` +
    `same /run is faster. \`criu restore\` is run by hand on the image that \`--engine eager\` makes.`
  );
}
