import type { Measured, Sample } from './measure.js';
import type { Plan } from './plan.js';
import type { Measure } from './sample.js';
import { type Ratio, ratioOfMedians, type Summary, summarise } from './statistics.js';
import type { Trial } from './trial.js';

/** All that is kept of a measurement: whatever rows are called later, it can be shown. */
export interface Result extends Omit<Measured, 'leftOut'> {
  readonly options: { readonly samples: number; readonly pause: number; readonly seed: string };
  readonly leftOut?: Measured['leftOut'];
  readonly workloads: readonly Named[];
  readonly conditions: readonly Named[];
  readonly trials: readonly (Named & Pick<Trial, 'against'>)[];
  readonly statistics: readonly Statistics[];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** One trial at one place: what the samples of a cell of a table come to. */
export interface Statistics {
  readonly workload: string;
  readonly condition: string;
  readonly copies: number;
  readonly trial: string;
  readonly failures: number;
  readonly measures: Readonly<Partial<Record<Measure, MeasureStatistics>>>;
}

export interface MeasureStatistics {
  readonly summary: Summary;
  /** By keys of the trial's `against`. */
  readonly ratios: Readonly<Record<string, Ratio>>;
}

/** What is kept of each measure, and the ratios that are asked of it: the bootstrap takes its time. */
const MEASURES: Readonly<Record<Measure, readonly string[]>> = {
  ms: ['map', 'eager'],
  cpuMs: [],
  privateMb: [],
  proportionalMb: [],
  p50: [],
  p99: ['warm'],
  gcMs: [],
  requestsPerSecond: ['warm'],
};

export function resultOf({ blocks, pause, seed }: Plan, measured: Measured): Result {
  const unique = <T>(values: readonly T[]) => [...new Set(values)];
  const named = ({ id, title }: Named) => ({ id, title });
  const facts = {
    options: { samples: Math.max(...blocks.map(({ samples }) => samples)), pause, seed },
    ...measured,
    workloads: unique(blocks.map(({ workload }) => workload)).map(named),
    conditions: unique(blocks.map(({ condition }) => condition)).map(named),
    trials: unique(blocks.flatMap(({ trials }) => trials)).map(({ against, ...trial }) => ({
      ...named(trial),
      against,
    })),
  };
  return { ...facts, statistics: statisticsOf(facts) };
}

/** One entry for each workload, condition, number of copies and trial that has samples. */
export function statisticsOf(result: Omit<Result, 'statistics'>): Statistics[] {
  const { workloads, conditions, trials, samples } = result;
  const numbers = [...new Set(samples.map(copiesOf))].sort((a, b) => a - b);
  return workloads.flatMap(({ id: workload }) =>
    conditions.flatMap(({ id: condition }) =>
      numbers.flatMap((copies) => {
        const table = samples.filter(
          (sample) =>
            sample.workload === workload &&
            sample.condition === condition &&
            copiesOf(sample) === copies,
        );
        return trials.flatMap((trial) => rowOf(trial, table, result.options.seed));
      }),
    ),
  );
}

function rowOf(trial: Result['trials'][number], table: readonly Sample[], seed: string) {
  const own = table.filter((sample) => sample.trial === trial.id);
  const [first] = own;
  if (!first) return [];
  const { workload, condition } = first;
  const measures = (Object.keys(MEASURES) as Measure[]).flatMap((measure) => {
    const values = valuesOf(own, measure);
    if (values.length === 0) return [];
    const words = [seed, workload, condition, trial.id, ...(measure === 'ms' ? [] : [measure])];
    const ratios = MEASURES[measure].flatMap((key) => {
      const id = trial.against[key];
      const reference = valuesOf(
        table.filter((sample) => sample.trial === id),
        measure,
      );
      if (reference.length === 0) return [];
      return [[key, ratioOfMedians(values, reference, words.join(' '))] as const];
    });
    return [[measure, { summary: summarise(values), ratios: Object.fromEntries(ratios) }] as const];
  });
  return {
    ...{ workload, condition, copies: copiesOf(first), trial: trial.id },
    failures: own.filter((sample) => 'failure' in sample).length,
    measures: Object.fromEntries(measures),
  };
}

function valuesOf(samples: readonly Sample[], measure: Measure): number[] {
  return samples.flatMap((sample) => ('failure' in sample ? [] : (sample[measure] ?? [])));
}

function copiesOf({ copies }: Sample): number {
  return copies ?? 1;
}
