// @ts-check
// The whole measurement: rounds in which every row has its turn, in an order of its own each time,
// so that what the machine does meanwhile falls on all rows alike.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import seedrandom from 'seedrandom';
import { shuffle } from 'simple-statistics';
import { makeImage } from './image.mjs';
import { machineFacts } from './machine.mjs';
import { criu, firstAnswer, ROOT } from './programs.mjs';
import { RunDirectories } from './run-directories.mjs';
import { takeSample } from './sample.mjs';
import { trials as allTrials } from './trials.mjs';

/**
 * @typedef {import('./trials.mjs').Trial} Trial
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./conditions.mjs').Condition} Condition
 * @typedef {{
 *   trials: readonly Trial[],
 *   workloads: readonly Workload[],
 *   conditions: readonly Condition[],
 *   samples: number,
 *   pause: number,
 *   seed: string,
 * }} Plan
 * @typedef {{ workload: string, condition: string, trial: string, round: number }} Cell
 * @typedef {Cell & ({ ms: number } | { failure: string })} Sample
 */

const WARM_UP_TRIES = 5;

/**
 * @param {Plan} plan
 * @param {(text: string) => void} tell progress, a line each
 */
export async function measure(plan, tell) {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const scratch = mkdtempSync(join(ROOT, 'build/bench-'));
  const runs = new RunDirectories(scratch);
  try {
    const { path, version } = await criu();
    const bench = { program: firstAnswer(), criu: path, scratch, runs };
    const machine = machineFacts(version);
    const images = [];
    const samples = [];
    for (const workload of plan.workloads) {
      tell(`${workload.id}: image`);
      const made = {
        eager: await makeImage(workload, 'eager', scratch),
        map: await makeImage(workload, 'map', scratch),
      };
      images.push({ workload: workload.id, bytes: made.eager.bytes });
      await warmUp(bench, plan.trials, workload, made);
      for (const turn of turns(plan)) {
        if (turn.seconds > 0) await sleep(turn.seconds * 1000);
        const sample = await attempt(bench, turn, workload, made[turn.trial.engine]);
        tell(describe(sample));
        samples.push(sample);
      }
    }
    return { machine, loadAfter: machineFacts(version).load, images, samples };
  } finally {
    runs.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The order of samples of one workload, the same for the same seed.
 *
 * @param {Pick<Plan, 'trials' | 'conditions' | 'samples' | 'pause' | 'seed'>} plan
 */
export function turns({ trials, conditions, samples, pause, seed }) {
  const random = seedrandom(seed);
  return conditions.flatMap((condition) => {
    const rows = trials.filter((trial) => trial.conditions.includes(condition.id));
    return Array.from({ length: samples }, (_, round) =>
      shuffle(rows, random).map((trial) => ({
        ...{ trial, round, condition: condition.id, seconds: condition.seconds ?? pause },
      })),
    ).flat();
  });
}

/**
 * One sample of each row that does not count: files are in the page cache and kdat is in place
 * where it is kept. Our own rows go first, wanted or not, for they make it.
 *
 * @param {import('./sample.mjs').Bench} bench
 * @param {readonly Trial[]} trials
 * @param {Workload} workload
 * @param {Record<import('./trials.mjs').Engine, import('./image.mjs').Image>} images
 */
async function warmUp(bench, trials, workload, images) {
  const ours = allTrials.filter(({ against }) => against.map === null);
  const others = trials.filter(({ against }) => against.map !== null);
  for (const trial of [...ours, ...others]) {
    // Another program may have the copy's pid just now: wait until it is gone.
    for (let tries = 1; ; tries++) {
      try {
        await takeSample(bench, trial, workload, images[trial.engine]);
        break;
      } catch (error) {
        if (tries === WARM_UP_TRIES) throw error;
        await sleep(1000);
      }
    }
  }
}

/**
 * @param {import('./sample.mjs').Bench} bench
 * @param {ReturnType<typeof turns>[number]} turn
 * @param {Workload} workload
 * @param {import('./image.mjs').Image} image
 * @returns {Promise<Sample>}
 */
async function attempt(bench, { trial, round, condition }, workload, image) {
  const cell = { workload: workload.id, condition, trial: trial.id, round };
  try {
    if (trial.run) bench.runs.verify(trial.run);
    const ms = await takeSample(bench, trial, workload, image);
    return { ...cell, ms: Number(ms.toFixed(3)) };
  } catch (error) {
    return { ...cell, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Sample} sample */
function describe(sample) {
  const { workload, condition, trial, round } = sample;
  const outcome = 'ms' in sample ? `${sample.ms.toFixed(1)} ms` : sample.failure;
  return `${workload} ${condition} ${round + 1} ${trial}: ${outcome}`;
}
