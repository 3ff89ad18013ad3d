import { GCProfiler } from 'node:v8';

/** What V8 has collected, as it happens. */
export class Collections {
  #profiler = started();

  /** Kinds of what began or was done since the last call, in this order: Scavenge, IncrementalMarking, … */
  since(): readonly string[] {
    const result = this.#profiler.stop() as { statistics: readonly { gcType: string }[] };
    this.#profiler = started();
    return result.statistics.map(({ gcType }) => gcType);
  }

  [Symbol.dispose](): void {
    this.#profiler.stop();
  }
}

function started(): GCProfiler {
  const profiler = new GCProfiler();
  profiler.start();
  return profiler;
}
