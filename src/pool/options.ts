import { type CloneOptions, checkCloneOptions } from '../clone/options.js';
import { TubthumpError } from '../errors/index.js';
import { wrongOption } from '../errors/wrong-option.js';

/** Options of `pool`; those of `clone` are for every copy, `{n}` is its place in the pool. */
export interface PoolOptions extends Omit<CloneOptions, 'count' | 'first' | 'reusePort'> {
  /** Copies that are kept ready, stopped (default 1). */
  readonly parked?: number;
  /** Copies at the same time, parked and lent together (default: as many as `parked`, and 16). */
  readonly max?: number;
  /** Parked copies end while memory is short. False: they never do. */
  readonly pressure?: PressureOptions | false;
}

export interface PressureOptions {
  /** Pressure stall information (default /proc/pressure/memory); of a cgroup: memory.pressure. */
  readonly file?: string;
  /** Share of the last 10 s in which some process waited for memory, in percent (default 10). */
  readonly threshold?: number;
  /** How often it is read, in ms (default 1000). */
  readonly intervalMs?: number;
}

export interface ResolvedPoolOptions {
  readonly parked: number;
  readonly max: number;
  readonly pressure: Required<PressureOptions> | false;
  readonly clone: CloneOptions;
}

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
export function resolvePoolOptions(images: string, options: PoolOptions): ResolvedPoolOptions {
  const { parked = 1, pressure = {}, max = parked + 16, ...clone } = options;
  for (const name of ['count', 'first', 'reusePort']) {
    // Of a shared address the kernel gives connections to stopped copies, too.
    if (name in clone) {
      throw new TubthumpError('ERR_TUBTHUMP_OPTIONS', `A pool has no option \`${name}\``);
    }
  }
  checkCloneOptions(images, clone);
  if (!isCount(parked, 0)) throw wrongOption('`parked`', 'a whole number from 0 to 4096', parked);
  if (!isCount(max, 1)) throw wrongOption('`max`', 'a whole number from 1 to 4096', max);
  if (parked > max) throw wrongOption('`parked`', `at most \`max\` (${max})`, parked);
  return { parked, max, pressure: pressure && resolvePressure(pressure), clone };
}

function resolvePressure(given: PressureOptions): Required<PressureOptions> {
  const { file = '/proc/pressure/memory', threshold = 10, intervalMs = 1000 } = given;
  if (!(threshold > 0 && threshold <= 100)) {
    throw wrongOption('`pressure.threshold`', 'a percentage above 0', threshold);
  }
  if (!(intervalMs > 0)) {
    throw wrongOption('`pressure.intervalMs`', 'a positive number of milliseconds', intervalMs);
  }
  return { file, threshold, intervalMs };
}

function isCount(value: unknown, least: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= 4096;
}
