import seedrandom from 'seedrandom';
import { shuffle } from 'simple-statistics';

/** One sample to be taken. */
export interface Turn<T> {
  readonly trial: T;
  readonly round: number;
}

/**
 * Rounds in which every trial has one turn, in an order of the round's own; the same for the same
 * seed.
 */
export function turns<T>(
  { trials, samples }: { readonly trials: readonly T[]; readonly samples: number },
  seed: string,
): Turn<T>[] {
  const random = seedrandom(seed);
  return Array.from({ length: samples }, (_, round) =>
    shuffle([...trials], random).map((trial) => ({ trial, round })),
  ).flat();
}
