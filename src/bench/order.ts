import seedrandom from 'seedrandom';
import { shuffle } from 'simple-statistics';
import type { Block } from './plan.js';
import type { Trial } from './trial.js';

/** One sample to be taken. */
export interface Turn {
  readonly trial: Trial;
  readonly round: number;
}

/**
 * Rounds in which every trial has one turn, in an order of the round's own; the same for the same
 * seed.
 */
export function turns(
  { trials, samples }: Pick<Block, 'trials' | 'samples'>,
  seed: string,
): Turn[] {
  const random = seedrandom(seed);
  return Array.from({ length: samples }, (_, round) =>
    shuffle([...trials], random).map((trial) => ({ trial, round })),
  ).flat();
}
