// @ts-check
// What is measured with what, as tables: everything with everything would take days. A new row is a
// word in one of the lists.
import * as conditions from '../dist/bench/condition.js';
import { NO_LOAD } from '../dist/bench/plan.js';
import * as trials from './trials.mjs';
import * as workloads from './workloads.mjs';

/**
 * @typedef {import('../dist/bench/plan.js').Block} Block
 * @typedef {Omit<Block, 'samples'>} Table
 */

const { HOT, PAUSE, EVICTED, DROPPED } = conditions;
const { small, catalog, heap36, heap250, heap2000 } = workloads;

const LOAD = { requests: 499, throughput: 10_000 };

/** Ours, each with what it is to be compared with. */
const restores = [
  trials.criuAlone,
  trials.criuKdat,
  trials.criuLazyPages,
  trials.eager,
  trials.stream,
  trials.map,
  trials.traced,
];
const starts = [trials.cold20, trials.cold24, trials.compileCache, trials.snapshot];

/** Where plain CRIU without kdat, and other ways to start cold, tell nothing new. */
const chosen = restores.filter((trial) => trial !== trials.criuAlone);

/**
 * @param {Block['workload']} workload
 * @param {Partial<Table>} [more]
 * @returns {Table}
 */
function table(workload, more = {}) {
  return { workload, condition: HOT, copies: 1, load: NO_LOAD, trials: chosen, ...more };
}

/** The first answer in the README: a table each. */
const tmpfs = [trials.criuAloneTmpfs, trials.eagerTmpfs, trials.mapTmpfs];
const readmeRestores = [
  trials.criuAlone,
  trials.criuKdat,
  trials.eager,
  trials.map,
  trials.traced,
  ...tmpfs,
];
/** Each sample takes as long as the pause. */
const afterPause = [trials.criuAlone, trials.criuKdat, trials.map];

/** @type {readonly Table[]} */
const readme = [small, catalog].flatMap((workload) => [
  table(workload, { trials: [trials.cold20, trials.cold24, ...readmeRestores] }),
  // A pause changes nothing for a cold start: there is no CRIU in it.
  table(workload, { trials: afterPause, condition: PAUSE }),
]);

/** @param {Block['workload']} workload */
const everyWay = (workload) =>
  table(workload, {
    trials: [...starts, ...restores, trials.parked, trials.warmProcess],
    load: LOAD,
  });

/** @param {Block['workload']} workload */
const cold = (workload) => [
  table(workload, { condition: EVICTED, trials: restores }),
  table(workload, { condition: DROPPED, trials: [trials.cold24, ...chosen] }),
];

/** @param {Block['workload']} workload */
const bursts = (workload) =>
  [8, 16].map((copies) => table(workload, { copies, trials: [trials.cold24, ...restores] }));

/** @type {readonly Table[]} */
const matrix = [
  ...[everyWay(small), ...cold(small), ...bursts(small)],
  ...[everyWay(heap36), table(heap36, { condition: EVICTED })],
  ...[everyWay(heap250), ...cold(heap250), ...bursts(heap250)],
  table(heap2000, { trials: [trials.cold24, ...restores] }),
  table(heap2000, { condition: EVICTED, trials: [trials.criuKdat, trials.map, trials.traced] }),
];

/** By the name that --plan takes. */
export const plans = { readme, matrix };
