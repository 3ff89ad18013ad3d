// @ts-check
// The plots of a result: which numbers go where. vega-lite draws them.
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { statisticsOf } from '../dist/bench/result.js';

/**
 * @typedef {import('../dist/bench/result.js').Result} Result
 * @typedef {import('../dist/bench/result.js').Statistics} Row
 * @typedef {{ name: string, title: string, svg: string }} Plot
 * @typedef {{ way: string, ms: number, megabytes: number, copies: number,
 *   condition: string, service: string, isBurst: boolean }} Point
 */

const WIDTH = 640;
const LOG = { scale: { type: 'log', nice: false, padding: 12 }, axis: { tickCount: 6 } };
const CONFIG = { legend: { orient: 'bottom', columns: 1, labelLimit: 0, symbolSize: 60 } };

/** @type {readonly { name: string, title: string, of: (point: Point) => boolean, spec: object }[]} */
const PLOTS = [
  {
    name: 'size',
    title: 'Time to the first answer by the size of the image',
    of: ({ copies, condition }) => copies === 1 && condition === 'loop',
    spec: lines({ field: 'megabytes', title: 'image, MB', type: 'quantitative', ...LOG }),
  },
  {
    name: 'cold-cache',
    title: 'Time to the first answer when the image is not in memory',
    of: ({ copies, condition }) => copies === 1 && condition === 'evicted',
    spec: lines({ field: 'megabytes', title: 'image, MB', type: 'quantitative', ...LOG }),
  },
  {
    name: 'bursts',
    title: 'Time until all copies have answered',
    of: ({ condition, isBurst }) => condition === 'loop' && isBurst,
    spec: {
      facet: { row: { field: 'service', type: 'nominal', title: null } },
      spec: {
        width: WIDTH,
        ...lines({ field: 'copies', title: 'copies at once', type: 'ordinal' }),
      },
    },
  },
];

/**
 * @param {Result} result
 * @returns {Promise<Plot[]>} those for which there are at least two points on an axis
 */
export async function plotsOf(result) {
  const points = pointsOf(result);
  const plots = [];
  for (const { name, title, of, spec } of PLOTS) {
    const values = points.filter(of);
    const places = new Set(values.map(({ megabytes, copies }) => `${megabytes} ${copies}`));
    if (places.size > 1) plots.push({ name, title, svg: await draw({ ...spec, title }, values) });
  }
  return plots;
}

/** @param {object} x */
function lines(x) {
  const encoding = {
    x,
    y: { field: 'ms', title: 'ms to the first answer (median)', type: 'quantitative', ...LOG },
    color: { field: 'way', type: 'nominal', title: null },
    shape: { field: 'way', type: 'nominal', title: null },
  };
  return { mark: { type: 'line', point: { filled: true, size: 60 } }, encoding };
}

/**
 * @param {Result} result
 * @returns {Point[]}
 */
function pointsOf(result) {
  const rows = statisticsOf(result);
  const bursts = new Set(rows.flatMap(({ workload, copies }) => (copies > 1 ? workload : [])));
  return rows.flatMap((row) => {
    const summary = row.measures.ms?.summary;
    if (!summary) return [];
    const bytes = result.images.find(({ workload }) => workload === row.workload)?.bytes ?? 0;
    return {
      way: plain(result.trials.find(({ id }) => id === row.trial)?.title ?? row.trial),
      service: plain(result.workloads.find(({ id }) => id === row.workload)?.title ?? row.workload),
      isBurst: bursts.has(row.workload),
      ms: summary.median,
      ...{ megabytes: bytes / 1e6, copies: row.copies, condition: row.condition },
    };
  });
}

/** @param {string} markdown */
function plain(markdown) {
  return markdown.replaceAll(/[`*]/g, '');
}

/**
 * @param {object} spec
 * @param {Point[]} values
 */
async function draw(spec, values) {
  const size = 'facet' in spec ? {} : { width: WIDTH, height: 300 };
  const whole = { background: 'white', config: CONFIG, data: { values }, ...size, ...spec };
  const { spec: compiled } = compile(
    /** @type {import('vega-lite').TopLevelSpec} */ (/** @type {unknown} */ (whole)),
  );
  const view = new View(parse(compiled), { renderer: 'none' });
  return `${await view.toSVG()}\n`;
}
