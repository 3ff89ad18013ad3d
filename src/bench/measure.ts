import { mkdirSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { findCriu } from '../criu/find.js';
import { TubthumpError } from '../errors/index.js';
import { HOT } from './condition.js';
import { freePort, type Image, makeImage } from './image.js';
import { type Machine, machineFacts } from './machine.js';
import { turns } from './order.js';
import { type Block, NO_LOAD, type Plan } from './plan.js';
import { RunDirectories } from './run-directories.js';
import { ingredients, type Measures, type Stand, takeSample } from './sample.js';
import { Scratch } from './scratch.js';
import type { ImageKind, Trial } from './trial.js';
import { coldStart, map } from './trials.js';
import type { Workload } from './workload.js';

/** Where a sample belongs. */
export interface Cell {
  readonly workload: string;
  readonly condition: string;
  /** Started at once; 1 where it is missing. */
  readonly copies?: number;
  readonly trial: string;
  readonly round: number;
}

export type Sample = Cell & (Measures | { readonly failure: string });

/** A row that is not possible for a workload. */
export interface LeftOut {
  readonly workload: string;
  readonly trial: string;
  readonly reason: string;
}

export interface Measured {
  readonly machine: Machine;
  readonly loadAfter: readonly number[];
  readonly images: readonly { readonly workload: string; readonly bytes: number }[];
  readonly samples: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
}

export interface MeasureOptions {
  /** CRIU named by the user. */
  readonly criu?: string | undefined;
  /** A directory on a disk, for images. */
  readonly scratch: string;
  /** Node binaries that take part, for the facts. */
  readonly nodes: readonly string[];
  /** Progress, a line each. */
  tell(line: string): void;
}

/**
 * Takes all samples of a plan, a workload after the other.
 * @throws TubthumpError ERR_TUBTHUMP_CRIU_NOT_FOUND; ERR_TUBTHUMP_BENCH when a workload cannot be
 *   started or checkpointed. A sample that fails is no error: it is among the samples.
 */
export async function measure(plan: Plan, options: MeasureOptions): Promise<Measured> {
  const { found } = await findCriu({ criu: options.criu });
  if (!found) throw new TubthumpError('ERR_TUBTHUMP_CRIU_NOT_FOUND', 'no CRIU that works here');
  using scratch = new Scratch(options.scratch);
  const machine = machineFacts(found.version, options.nodes);
  const all = { images: [] as Measured['images'][number][], samples: [] as Sample[] };
  const leftOut: LeftOut[] = [];
  for (const workload of new Set(plan.blocks.map((block) => block.workload))) {
    const blocks = plan.blocks.filter((block) => block.workload === workload);
    await using stand = await standFor(workload, blocks, found.path, scratch, options.tell);
    const bytes = (stand.images.eager ?? stand.images.map)?.bytes ?? 0;
    all.images.push({ workload: workload.id, bytes });
    const out = await prepareTrials(stand, blocks);
    leftOut.push(...out);
    const possible = ({ id }: Trial) => !out.some(({ trial }) => trial === id);
    for (const block of blocks) {
      const trials = block.trials.filter(possible);
      for (const sample of samplesOf({ ...block, trials }, stand, plan)) {
        const taken = await sample;
        options.tell(describe(taken));
        all.samples.push(taken);
      }
    }
  }
  return { machine, loadAfter: loadavg(), ...all, leftOut };
}

/** Images and directories of one workload. Disposal removes them: some are large. */
async function standFor(
  workload: Workload,
  blocks: readonly Block[],
  criu: string,
  parent: Scratch,
  tell: (line: string) => void,
): Promise<Stand & AsyncDisposable> {
  const [scratch, shared] = [join(parent.disk, workload.id), join(parent.shared, workload.id)];
  const directory = (name: string) => {
    mkdirSync(join(scratch, name), { recursive: true });
    return join(scratch, name);
  };
  const runs = new RunDirectories(scratch, shared);
  const remove = async () => rmSync(scratch, { recursive: true, force: true });
  const port = workload.port ?? (await freePort());
  const images: Partial<Record<ImageKind, Image>> = {};
  // Ours make the kdat that others are measured with.
  const trials = [map, ...blocks.flatMap((block) => block.trials)];
  for (const kind of new Set(trials.flatMap(({ image }) => image ?? []))) {
    tell(`${workload.id}: image (${kind})`);
    images[kind] = await makeImage(workload, kind, port, scratch);
  }
  const [work, cache] = [directory('work'), directory('cache')];
  const stand = { workload, port, criu, images, runs, work, cache };
  return { ...stand, [Symbol.asyncDispose]: remove };
}

/**
 * Prepares every trial of a workload, and takes a sample of each that does not count: files are in
 * the page cache, and kdat is in place where it is kept.
 */
async function prepareTrials(stand: Stand, blocks: readonly Block[]): Promise<LeftOut[]> {
  const once = { condition: HOT, copies: 1, load: NO_LOAD, pause: 0 };
  for (const run of ['disk-kdat', 'tmpfs'] as const) await takeSample(stand, { ...map, run }, once);
  const leftOut: LeftOut[] = [];
  for (const trial of new Set(blocks.flatMap((block) => block.trials))) {
    const given = ingredients(stand, trial);
    try {
      mkdirSync(given.cache, { recursive: true });
      await trial.prepare?.(given, (environment) =>
        takeSample(stand, trial, { ...once, terminate: true, environment }),
      );
      await takeSample(stand, trial, once);
    } catch (error) {
      if (trial.id === coldStart.id || trial.id === map.id) throw failure(stand.workload, error);
      leftOut.push({ workload: stand.workload.id, trial: trial.id, reason: reasonOf(error) });
    }
  }
  return leftOut;
}

function* samplesOf(block: Block, stand: Stand, plan: Plan): Generator<Promise<Sample>> {
  const { workload, condition, copies, load } = block;
  const pause = condition.seconds ?? plan.pause;
  for (const { trial, round } of turns(block, `${plan.seed} ${condition.id} ${copies}`)) {
    const cell = {
      ...{ workload: workload.id, condition: condition.id, copies },
      ...{ trial: trial.id, round },
    };
    yield (async () => {
      try {
        if (trial.run) stand.runs.verify(trial.run);
        const measures = await takeSample(stand, trial, { condition, copies, load, pause });
        return { ...cell, ...measures };
      } catch (error) {
        return { ...cell, failure: reasonOf(error) };
      }
    })();
  }
}

function failure(workload: Workload, cause: unknown): TubthumpError {
  const message = `${workload.title} cannot be measured: ${reasonOf(cause)}`;
  return new TubthumpError('ERR_TUBTHUMP_BENCH', message, { cause });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(sample: Sample): string {
  const { workload, condition, copies, trial, round } = sample;
  const outcome = 'failure' in sample ? sample.failure : outcomeOf(sample);
  return `${workload} ${condition} ${copies} × ${trial}, ${round + 1}: ${outcome}`;
}

function outcomeOf({ ms, p99 }: Measures): string {
  const parts = [ms && `${ms.toFixed(1)} ms`, p99 && `p99 ${p99.toFixed(2)} ms`];
  return parts.filter(Boolean).join(', ');
}
