import { constants } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import type { Contents } from './contents.js';
import { invalid } from './error.js';
import type { Sink } from './layer-reader.js';
import { PAGE } from './runs.js';

/**
 * Puts the pages of an image in their places, layer by layer, as the layers are read. Takes memory
 * for the list of runs, not for pages.
 */
export class Placement {
  private readonly files: FileHandle[] = [];
  /** Of each run, its file. */
  private readonly owners: Uint16Array;
  /** Runs by source, then by place in it. */
  private readonly order: Uint32Array;
  /** What was not placed yet, bytes. */
  private missing = 0;

  private constructor(private readonly contents: Contents) {
    const { files, runs } = contents;
    this.owners = new Uint16Array(runs.length);
    let index = 0;
    for (const [owner, { runs: count }] of files.entries())
      for (const last = index + count; index < last; index++) {
        this.owners[index] = owner;
        this.missing += this.bytesOf(index).length;
      }
    this.order = Uint32Array.from({ length: runs.length }, (_, run) => run).sort((a, b) => {
      const [left, right] = [runs.at(a), runs.at(b)];
      return left.source - right.source || left.sourcePage - right.sourcePage || a - b;
    });
  }

  /**
   * Makes all files in a directory, in their sizes and empty.
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_PUBLISH, also when there is not enough space
   */
  static async create(directory: string, contents: Contents): Promise<Placement> {
    const placement = new Placement(contents);
    const { bavail, bsize } = await statfs(directory);
    if (placement.missing > bavail * bsize)
      throw new TubthumpError(
        'ERR_TUBTHUMP_IMAGE_PUBLISH',
        `the image needs ${placement.missing} bytes, ${bavail * bsize} are free`,
      );
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    try {
      for (const { name, size } of contents.files) {
        const file = await open(join(directory, name), flags, 0o600);
        placement.files.push(file);
        await file.truncate(size);
      }
      return placement;
    } catch (error) {
      await placement.close();
      throw error;
    }
  }

  /** What takes the bytes of an entry; nothing when no page of it is wanted. */
  sink(layer: number, entry: string): Sink | undefined {
    const source = this.contents.sources.findIndex(
      (candidate) => candidate.layer === layer && candidate.entry === entry,
    );
    const waiting = this.order.filter((run) => this.contents.runs.at(run).source === source);
    if (source < 0 || waiting.length === 0) return undefined;
    let [position, next] = [0, 0];
    let active: number[] = [];
    return async (bytes) => {
      const end = position + bytes.length;
      for (; next < waiting.length; next++) {
        const run = waiting[next] as number;
        if (this.contents.runs.at(run).sourcePage * PAGE >= end) break;
        active.push(run);
      }
      const start = position;
      position = end;
      await Promise.all(active.map((run) => this.place(run, bytes, start)));
      active = active.filter((run) => {
        const { from, length } = this.bytesOf(run);
        return from + length > end;
      });
    };
  }

  /** @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID when pages did not come */
  async finish(): Promise<void> {
    await this.close();
    if (this.missing > 0) throw invalid(`${this.missing} bytes of the image are in no layer`);
  }

  async close(): Promise<void> {
    for (const file of this.files.splice(0)) await file.close();
  }

  /** The part of a run that is in a piece of its source, which begins at `start`. */
  private async place(run: number, bytes: Buffer, start: number): Promise<void> {
    const { from, to, length } = this.bytesOf(run);
    const first = Math.max(from, start);
    const last = Math.min(from + length, start + bytes.length);
    if (last <= first) return;
    const file = this.files[this.owners[run] as number] as FileHandle;
    const part = bytes.subarray(first - start, last - start);
    for (let written = 0; written < part.length; ) {
      const at = to + first - from + written;
      written += (await file.write(part, written, part.length - written, at)).bytesWritten;
    }
    this.missing -= part.length;
  }

  /** A run in bytes: where it lies in its source, and in its file, at whose end it is cut. */
  private bytesOf(run: number): { from: number; to: number; length: number } {
    const { page, count, sourcePage } = this.contents.runs.at(run);
    const { size } = this.contents.files[this.owners[run] as number] as { size: number };
    const to = page * PAGE;
    return { from: sourcePage * PAGE, to, length: Math.min(count * PAGE, size - to) };
  }
}
