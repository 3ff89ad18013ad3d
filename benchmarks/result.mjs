// @ts-check
// What is kept of a measurement: raw samples and everything a table needs, whatever the rows are
// called by then.
import { ratioOfMedians, summarise } from './statistics.mjs';

/**
 * @typedef {import('./run.mjs').Sample} Sample
 * @typedef {Pick<import('./trials.mjs').Trial, 'id' | 'title' | 'against'>} Row
 * @typedef {{
 *   options: { samples: number, pause: number, seed: string },
 *   machine: ReturnType<typeof import('./machine.mjs').machineFacts>,
 *   loadAfter: number[],
 *   images: { workload: string, bytes: number }[],
 *   workloads: { id: string, title: string }[],
 *   conditions: { id: string, title: string }[],
 *   trials: Row[],
 *   samples: Sample[],
 *   statistics: Statistics[],
 * }} Result
 * @typedef {import('./statistics.mjs').Summary} Summary
 * @typedef {{
 *   workload: string,
 *   condition: string,
 *   trial: string,
 *   failures: number,
 *   summary: Summary | null,
 *   ratios: Record<import('./trials.mjs').Engine, import('./statistics.mjs').Ratio | null>,
 * }} Statistics
 */

/**
 * One entry for each workload, condition and row that has samples.
 *
 * @param {Pick<Result, 'workloads' | 'conditions' | 'trials' | 'samples' | 'options'>} result
 * @returns {Statistics[]}
 */
export function statisticsOf({ workloads, conditions, trials, samples, options }) {
  const cells = workloads.flatMap((workload) =>
    conditions.flatMap((condition) => trials.map((trial) => ({ workload, condition, trial }))),
  );
  return cells.flatMap(({ workload, condition, trial }) => {
    const at = (/** @type {string | null} */ id) =>
      samples.filter(
        (sample) =>
          sample.workload === workload.id &&
          sample.condition === condition.id &&
          sample.trial === id,
      );
    const own = at(trial.id);
    if (own.length === 0) return [];
    const values = times(own);
    const seed = [options.seed, workload.id, condition.id, trial.id].join(' ');
    const ratio = (/** @type {string | null} */ against) => {
      const reference = times(at(against));
      if (values.length === 0 || reference.length === 0) return null;
      return ratioOfMedians(values, reference, seed);
    };
    return {
      workload: workload.id,
      condition: condition.id,
      trial: trial.id,
      failures: own.length - values.length,
      summary: values.length > 0 ? summarise(values) : null,
      ratios: { map: ratio(trial.against.map), eager: ratio(trial.against.eager) },
    };
  });
}

/** @param {readonly Sample[]} samples */
function times(samples) {
  return samples.flatMap((sample) => ('ms' in sample ? sample.ms : []));
}
