/** What happens before each sample, when the namespaces of its copies are made already. */
export interface Condition {
  readonly id: string;
  readonly title: string;
  /** Rest, in seconds; null: as long as the plan says. */
  readonly seconds: number | null;
  /** What leaves the page cache: nothing, the files of the image, or everything. */
  readonly cold: 'nothing' | 'image' | 'everything';
}

/** Files are in the page cache, samples follow one another. */
export const HOT: Condition = {
  id: 'loop',
  title: 'one after another',
  seconds: 0,
  cold: 'nothing',
};

// CRIU's first breakpoint on an idle host waits for an RCU grace period, 8 to 28 ms, which no loop
// ever shows and every user feels.
export const PAUSE: Condition = {
  id: 'pause',
  title: 'after a pause',
  seconds: null,
  cold: 'nothing',
};

export const EVICTED: Condition = {
  id: 'evicted',
  title: 'image evicted from the page cache',
  seconds: 0,
  cold: 'image',
};

export const DROPPED: Condition = {
  id: 'dropped',
  title: 'every cache of the kernel dropped',
  seconds: 0,
  cold: 'everything',
};
