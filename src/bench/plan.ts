import type { Condition } from './condition.js';
import type { Trial } from './trial.js';
import type { Workload } from './workload.js';

/** What is asked of a copy once it has answered; nothing where copies are many. */
export interface Load {
  /** Requests after the first one, timed one by one. */
  readonly requests: number;
  /** Requests whose rate is measured, after as many that are not; 0 for none. */
  readonly throughput: number;
}

export const NO_LOAD: Load = { requests: 0, throughput: 0 };

/** A table: trials that take turns, so that what the machine does meanwhile falls on all alike. */
export interface Block {
  readonly workload: Workload;
  readonly condition: Condition;
  /** How many are started at once. */
  readonly copies: number;
  readonly trials: readonly Trial[];
  readonly load: Load;
  /** Of each trial. */
  readonly samples: number;
}

export interface Plan {
  /** Those of one workload follow each other: it has its images only that long. */
  readonly blocks: readonly Block[];
  /** Of conditions that do not say how long they rest, in seconds. */
  readonly pause: number;
  /** Of the order of trials, and of intervals. */
  readonly seed: string;
}
