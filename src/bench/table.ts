import { markdownTable } from 'markdown-table';
import { type Result, type Statistics, statisticsOf } from './result.js';
import type { Measure } from './sample.js';
import type { Ratio } from './statistics.js';

/** A column of numbers. It is left out where no row has anything for it. */
interface Column {
  readonly title: string;
  cell(row: Statistics): string | undefined;
}

const START: readonly Column[] = [
  { title: 'n', cell: count },
  of('ms', 'median', 'median ms', 1),
  of('ms', 'p90', 'p90', 1),
  of('ms', 'min', 'min', 1),
  against('ms', 'map', 'against **`tubthump restore`**'),
  against('ms', 'eager', 'against it with `--engine eager`'),
  of('cpuMs', 'median', 'CPU ms', 1),
  of('privateMb', 'median', 'private MB', 1),
  of('proportionalMb', 'median', 'proportional MB', 1),
];

const AFTERWARDS: readonly Column[] = [
  of('p50', 'median', 'p50 ms', 2),
  of('p99', 'median', 'p99 ms', 2),
  against('p99', 'warm', 'p99 against the warm process'),
  of('gcMs', 'median', 'first full GC, ms', 1),
  of('requestsPerSecond', 'median', 'requests/s', 0),
  against('requestsPerSecond', 'warm', 'against the warm process'),
];

/** A result as Markdown: the same text on a terminal and in the docs. */
export function renderResult(result: Result): string {
  const parts = tablesOf(statisticsOf(result)).flatMap((rows) => [
    heading(result, rows[0] as Statistics),
    ...table(result, 'start to first answer', START, rows, 'ms'),
    ...table(result, 'requests after the first', AFTERWARDS, rows, 'p99'),
  ]);
  return [...parts, ...notes(result), facts(result)].join('\n\n');
}

/** Rows of the same workload, condition and number of copies. */
function tablesOf(statistics: readonly Statistics[]): Statistics[][] {
  const tables = new Map<string, Statistics[]>();
  for (const row of statistics) {
    const key = `${row.workload} ${row.condition} ${row.copies}`;
    tables.set(key, [...(tables.get(key) ?? []), row]);
  }
  return [...tables.values()];
}

function heading(result: Result, { workload, condition, copies }: Statistics): string {
  const bytes = result.images.find((image) => image.workload === workload)?.bytes ?? 0;
  const pause = condition === 'pause' ? ` of ${result.options.pause} s` : '';
  const burst = copies > 1 ? `, ${copies} copies at once, until all have answered` : '';
  return (
    `**${titleOf(result.workloads, workload)}**, image of ${(bytes / 1e6).toFixed(1)} MB, ` +
    `${titleOf(result.conditions, condition)}${pause}${burst}:`
  );
}

/** @param subject a row without it is not in this table, unless it has failed */
function table(
  result: Result,
  title: string,
  columns: readonly Column[],
  all: readonly Statistics[],
  subject: Measure,
): string[] {
  if (!all.some(({ measures }) => measures[subject])) return [];
  const rows = all.filter(({ measures, failures }) => measures[subject] || failures > 0);
  const shown = columns.filter(({ cell }) => rows.some((row) => cell(row) !== undefined));
  const body = rows.map((row) => [
    titleOf(result.trials, row.trial),
    ...shown.map(({ cell }) => cell(row) ?? '–'),
  ]);
  const head = [title, ...shown.map((column) => column.title)];
  return [markdownTable([head, ...body], { align: ['l', ...shown.map(() => 'r')] })];
}

function count({ measures, failures }: Statistics): string {
  const n = measures.ms?.summary.n ?? 0;
  return `${n}${failures > 0 ? ` (${failures} failed)` : ''}`;
}

function of(
  measure: Measure,
  what: 'median' | 'p90' | 'min',
  title: string,
  digits: number,
): Column {
  return { title, cell: ({ measures }) => measures[measure]?.summary[what].toFixed(digits) };
}

function against(measure: Measure, key: string, title: string): Column {
  return { title, cell: ({ measures }) => interval(measures[measure]?.ratios[key]) };
}

function interval(ratio: Ratio | undefined): string | undefined {
  return ratio && `${times(ratio.ratio)} (${times(ratio.low)} to ${times(ratio.high)})`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;
}

function titleOf(rows: readonly { id: string; title: string }[], id: string): string {
  return rows.find((row) => row.id === id)?.title ?? id;
}

/** Rows that were not possible are told, not passed over. */
function notes(result: Result): string[] {
  const lines = (result.leftOut ?? []).map(({ workload, trial, reason }) => {
    const place = `${titleOf(result.workloads, workload)}: ${titleOf(result.trials, trial)}`;
    return `- ${place}: ${reason.replaceAll('\n', ' ')}`;
  });
  return lines.length > 0 ? [`Not possible here:\n\n${lines.join('\n')}`] : [];
}

function facts({ machine, loadAfter, options }: Result): string {
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
