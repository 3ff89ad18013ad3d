import { meterPath } from '../native/package.js';
import { run } from '../process/run.js';

/** One copy, as native/meter prints it. */
export interface CopyReading {
  /** CLOCK_MONOTONIC, in nanoseconds. */
  readonly begin: number;
  readonly answered: number;
  readonly privateKb: number;
  readonly proportionalKb: number;
  readonly latenciesUs: readonly number[];
  readonly gcMs?: number;
  readonly requestsPerSecond?: number;
}

export interface Reading {
  /** Of all processes that were started, until the last copy had answered; null without cgroup v2. */
  readonly cpuMs: number | null;
  readonly copies: readonly CopyReading[];
}

/** A sample that takes longer than this has hung. */
const LIMIT_MS = 600_000;

/**
 * Runs the native meter: its options are in native/meter/options.h.
 * @throws Error with what it and the command wrote
 */
export async function runMeter(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Reading> {
  const program = meterPath();
  const { status, signal, stdout, stderr, timedOut } = await run(program, args, {
    ...{ env, timeoutMs: LIMIT_MS },
  });
  if (status === 0) return JSON.parse(stdout) as Reading;
  const how = timedOut ? 'it hung' : (signal ?? `status ${status}`);
  throw new Error(lastLine(stderr) ?? `tubthump-meter: ${how}`);
}

/** The meter's own complaint comes last; before it stands whatever the command wrote. */
function lastLine(text: string): string | undefined {
  return text.trim().split('\n').slice(-3).join(' | ') || undefined;
}
