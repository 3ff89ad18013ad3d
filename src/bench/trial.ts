import type { RunKind } from './run-directories.js';
import type { Workload } from './workload.js';

/** What is restored: `traced` is an image of the map engine with a working set. */
export type ImageKind = 'map' | 'traced' | 'eager';

/** What a trial's command is made of. */
export interface Ingredients {
  readonly workload: Workload;
  /** How a user would start the service: the workload's command. */
  readonly command: readonly string[];
  readonly launcher: string;
  readonly criu: string;
  /** Directory of the trial's image. */
  readonly image: string;
  /** Of the channel that the image expects, see makeImage. */
  readonly channelInode: number;
  /** A directory that is empty in each copy: a tmpfs of its own. */
  readonly work: string;
  /** A directory of this workload's trials, which stays from sample to sample. */
  readonly cache: string;
}

/** A way in which a user can start a service: a row of a table. */
export interface Trial {
  readonly id: string;
  readonly title: string;
  /**
   * `cold`: the service starts. `warm`: it does too, but what is timed begins when it has been warmed
   * up as images are. `restore`: it comes from an image. `parked`: it has come from one and waits;
   * what is timed begins when it is to go on.
   */
  readonly kind: 'cold' | 'warm' | 'restore' | 'parked';
  /** What is restored; null for those that restore nothing. */
  readonly image: ImageKind | null;
  /** The /run that it sees; null is the machine's own. */
  readonly run: RunKind | null;
  /** The copy's private channel is made by the benchmark, because nobody else does. */
  readonly channel: boolean;
  /** Ids of the trials it is compared with, for each column of ratios. */
  readonly against: Readonly<Record<string, string | null>>;
  command(given: Ingredients): readonly string[];
  /** Added to the workload's. */
  environment?(given: Ingredients): Readonly<Record<string, string>>;
  /**
   * Once for each workload, before its samples.
   * @param attempt starts the trial once, as a sample does, with more in its environment; the command
   *   is ended by SIGTERM
   * @throws Error when this way is not possible for the workload: the row is left out, with a note
   */
  prepare?(
    given: Ingredients,
    attempt: (environment: Readonly<Record<string, string>>) => Promise<unknown>,
  ): Promise<void>;
}
