import { join } from 'node:path';
import { launcherPath } from '../native/package.js';
import { type Image, portVariable } from './image.js';
import { type CopyReading, runMeter } from './meter.js';
import type { Block } from './plan.js';
import type { RunDirectories } from './run-directories.js';
import { percentile } from './statistics.js';
import type { ImageKind, Ingredients, Trial } from './trial.js';
import type { Workload } from './workload.js';

/** What a sample is: medians and ratios are made of these. Absent is what was not measured. */
export interface Measures {
  /** From the start of the first copy to the first bytes of the last copy's 200. */
  readonly ms?: number;
  /** Until then, launchers and CRIU included, by the number of copies. */
  readonly cpuMs?: number;
  /** Of all that stays for a copy, its launcher included; means over the copies, in MB. */
  readonly privateMb?: number;
  readonly proportionalMb?: number;
  /** Of the requests after the first one, in ms. */
  readonly p50?: number;
  readonly p99?: number;
  /** Answer of the path that makes a full collection. */
  readonly gcMs?: number;
  readonly requestsPerSecond?: number;
}

export type Measure = keyof Measures;

/** What all samples of one workload have in common. */
export interface Stand {
  readonly workload: Workload;
  readonly port: number;
  readonly criu: string;
  readonly images: Readonly<Partial<Record<ImageKind, Image>>>;
  readonly runs: RunDirectories;
  readonly work: string;
  readonly cache: string;
}

export function ingredients(stand: Stand, trial: Trial): Ingredients {
  const image = trial.image ? stand.images[trial.image] : undefined;
  return {
    workload: stand.workload,
    command: stand.workload.command,
    launcher: launcherPath(),
    criu: stand.criu,
    image: image?.directory ?? '',
    channelInode: image?.channelInode ?? 0,
    work: stand.work,
    cache: join(stand.cache, trial.id),
  };
}

export type SampleOptions = Pick<Block, 'condition' | 'copies' | 'load'> & {
  /** In seconds, right before the start. */
  readonly pause: number;
  /** The command is ended by SIGTERM. */
  readonly terminate?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
};

/** @throws Error when a copy did not answer; it has what was written to stderr */
export async function takeSample(
  stand: Stand,
  trial: Trial,
  options: SampleOptions,
): Promise<Measures> {
  const { workload, port, runs } = stand;
  const given = ingredients(stand, trial);
  const args = [
    ...['--port', `${port}`, '--path', workload.path, '--copies', `${options.copies}`],
    ...(workload.isolated ? ['--own-network'] : []),
    ...(trial.run ? ['--run', runs.path(trial.run), '--work', stand.work] : []),
    ...(trial.channel && trial.image ? ['--channel', stand.images[trial.image]?.frame ?? ''] : []),
    ...coldArguments(options, given.image),
    ...(options.pause > 0 ? ['--pause', `${options.pause}`] : []),
    ...(trial.kind === 'parked' ? ['--parked'] : []),
    ...(trial.kind === 'warm' ? ['--warm', `${workload.warmRequests}`] : []),
    ...loadArguments(options, workload),
    ...(options.terminate ? ['--terminate'] : []),
    ...['--', ...trial.command(given)],
  ];
  const { copies, cpuMs } = await runMeter(args, {
    ...{ ...process.env, ...workload.environment, ...portVariable(workload, port) },
    ...{ ...trial.environment?.(given), ...options.environment },
  });
  const served = servedMeasures(copies[0]);
  if (trial.kind === 'warm') return served;
  // What a parked copy takes until it waits is nothing that anybody waits for.
  return { ...startMeasures(copies, trial.kind === 'parked' ? null : cpuMs), ...served };
}

function coldArguments({ condition }: SampleOptions, image: string): string[] {
  if (condition.cold === 'everything') return ['--drop-caches'];
  return condition.cold === 'image' && image !== '' ? ['--evict', image] : [];
}

function loadArguments({ load }: SampleOptions, { gcPath }: Workload): string[] {
  const { requests, throughput } = load;
  if (requests === 0) return [];
  return [
    ...['--requests', `${requests}`],
    ...(gcPath ? ['--gc', gcPath] : []),
    ...(throughput > 0 ? ['--settle', `${throughput}`, '--throughput', `${throughput}`] : []),
  ];
}

function startMeasures(copies: readonly CopyReading[], cpuMs: number | null): Measures {
  const begin = Math.min(...copies.map((copy) => copy.begin));
  const end = Math.max(...copies.map((copy) => copy.answered));
  const mean = (of: 'privateKb' | 'proportionalKb') =>
    copies.reduce((sum, copy) => sum + copy[of], 0) / copies.length;
  return {
    ms: rounded((end - begin) / 1e6),
    ...(cpuMs === null ? {} : { cpuMs: rounded(cpuMs / copies.length) }),
    privateMb: rounded(mean('privateKb') / 1024),
    proportionalMb: rounded(mean('proportionalKb') / 1024),
  };
}

function servedMeasures(copy: CopyReading | undefined): Measures {
  if (!copy || copy.latenciesUs.length === 0) return {};
  const { latenciesUs, gcMs, requestsPerSecond } = copy;
  return {
    p50: rounded(percentile(latenciesUs, 0.5) / 1000),
    p99: rounded(percentile(latenciesUs, 0.99) / 1000),
    ...(gcMs === undefined ? {} : { gcMs }),
    ...(requestsPerSecond === undefined
      ? {}
      : { requestsPerSecond: Math.round(requestsPerSecond) }),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
