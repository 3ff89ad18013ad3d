/** Requests whose median makes one point. */
export const WINDOW = 50;
/** Points in a row without an improvement. */
export const QUIET_WINDOWS = 5;
/** What counts as an improvement: a median that is lower than the best before by this share. */
export const IMPROVEMENT = 0.05;

/**
 * Whether the latency of a service has settled: the medians of five windows of 50 requests in a row
 * were not more than 5 % below the best one before them. What disturbs a measurement makes latencies
 * longer, so noise cannot keep it from settling; and as no latency gets 5 % better for ever, every
 * service settles.
 */
export class Settling {
  #window: number[] = [];
  #best = Number.POSITIVE_INFINITY;
  #quiet = 0;

  /** @param latency of the next request, in any unit */
  add(latency: number): void {
    this.#window.push(latency);
    if (this.#window.length < WINDOW) return;
    const median = medianOf(this.#window);
    this.#window = [];
    if (median < this.#best * (1 - IMPROVEMENT)) {
      this.#best = median;
      this.#quiet = 0;
    } else {
      this.#quiet++;
    }
  }

  get settled(): boolean {
    return this.#quiet >= QUIET_WINDOWS;
  }
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
