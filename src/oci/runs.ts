import { invalid } from './error.js';

/** What the pieces of a file are counted in, bytes: the size of a page of memory. */
export const PAGE = 4096;

/** Pages of a file that lie one after the other in an entry of a layer. */
export interface Run {
  /** Of the file, counted in pages. */
  readonly page: number;
  readonly count: number;
  /** Index in the list of sources. */
  readonly source: number;
  /** Of the source, counted in pages. */
  readonly sourcePage: number;
}

/** Words of a run. */
const WIDTH = 4;
/** Largest list, bytes: 64 GB of memory of which only every other page is stored. */
export const LARGEST_RUNS = 128 << 20;

/**
 * Where the pages of files come from, in order of file and page. What no run covers is a hole, which
 * reads as zeroes. Four numbers of 32 bits, little-endian, for each run.
 */
export class Runs {
  private words = new Uint32Array(64);
  length = 0;

  /** One more page; it joins the last run if it follows it in the file and in the source. */
  addPage(page: number, source: number, sourcePage: number, joins: boolean): void {
    const at = (this.length - 1) * WIDTH;
    const { words } = this;
    if (joins && this.length > 0 && words[at + 2] === source) {
      const count = words[at + 1] as number;
      if (
        (words[at] as number) + count === page &&
        (words[at + 3] as number) + count === sourcePage
      ) {
        words[at + 1] = count + 1;
        return;
      }
    }
    this.add([page, 1, source, sourcePage]);
  }

  at(index: number): Run {
    const at = index * WIDTH;
    const [page = 0, count = 0, source = 0, sourcePage = 0] = this.words.subarray(at, at + WIDTH);
    return { page, count, source, sourcePage };
  }

  slice([from, to]: readonly [number, number]): Run[] {
    return Array.from({ length: to - from }, (_, index) => this.at(from + index));
  }

  /** The runs from `first` on come from a source that holds their file as it is. */
  storeWhole(first: number, source: number): void {
    for (let at = first * WIDTH; at < this.length * WIDTH; at += WIDTH) {
      this.words[at + 2] = source;
      this.words[at + 3] = this.words[at] as number;
    }
  }

  /** Gives sources other numbers. */
  renumber(numbers: readonly number[]): void {
    for (let at = 2; at < this.length * WIDTH; at += WIDTH)
      this.words[at] = numbers[this.words[at] as number] as number;
  }

  encode(): Buffer {
    const bytes = Buffer.alloc(this.length * WIDTH * 4);
    for (let word = 0; word < this.length * WIDTH; word++)
      bytes.writeUInt32LE(this.words[word] as number, word * 4);
    return bytes;
  }

  /** @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID */
  static decode(bytes: Buffer): Runs {
    if (bytes.length % (WIDTH * 4) !== 0) throw invalid('the list of pages is cut short');
    const runs = new Runs();
    runs.words = new Uint32Array(bytes.length / 4);
    for (let word = 0; word < runs.words.length; word++)
      runs.words[word] = bytes.readUInt32LE(word * 4);
    runs.length = runs.words.length / WIDTH;
    return runs;
  }

  private add(run: readonly number[]): void {
    if ((this.length + 1) * WIDTH > this.words.length) {
      const larger = new Uint32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(run, this.length * WIDTH);
    this.length++;
  }
}
