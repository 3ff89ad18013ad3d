import type { FileHandle } from 'node:fs/promises';
import type { ImageDirectory } from './directory.js';
import { HEAP_FILE, type Mapping } from './mappings.js';
import type { Pagemap } from './pagemap.js';

/** A stretch of memory whose bytes are in one file. */
export interface Stretch {
  readonly start: bigint;
  readonly end: bigint;
  readonly file: string;
  /** In the file, bytes. */
  readonly offset: bigint;
}

/**
 * Everything of a process that the image holds, in order of address: pages that a restore copies,
 * and baked ones that it maps. Holes of heap.img read as zeroes.
 */
export function stretchesOf(mappings: readonly Mapping[], pagemap: Pagemap): Stretch[] {
  const copied = pagemap.runs.map((run) => ({ ...run, file: pagemap.file }));
  const mapped = mappings.flatMap(({ start, end, heapOffset }) =>
    heapOffset === undefined ? [] : [{ start, end, file: HEAP_FILE, offset: heapOffset }],
  );
  return [...copied, ...mapped].sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** Reads the memory of a process out of its image. Close it when done. */
export class ImageMemory {
  private readonly files = new Map<string, Promise<FileHandle>>();

  constructor(
    private readonly images: ImageDirectory,
    readonly stretches: readonly Stretch[],
  ) {}

  /**
   * The bytes at `start`, up to `end` or the first page that is not in the image, `limit` at most.
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID when a file is missing
   */
  async read(start: bigint, end: bigint, limit: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let at = start;
    const last = end < start + BigInt(limit) ? end : start + BigInt(limit);
    while (at < last) {
      const stretch = this.stretches.find((it) => it.start <= at && at < it.end);
      if (!stretch) break;
      const stop = stretch.end < last ? stretch.end : last;
      const part = await this.readFile(stretch, at - stretch.start, Number(stop - at));
      parts.push(part);
      if (part.length < Number(stop - at)) break;
      at = stop;
    }
    return Buffer.concat(parts);
  }

  /** `size` bytes of a stretch from `skip` on; fewer where its file ends early. */
  async readFile({ file, offset }: Stretch, skip: bigint, size: number): Promise<Buffer> {
    const handle = await this.handle(file);
    const position = Number(offset + skip);
    // What a damaged image claims may be past all files.
    if (position >= (await handle.stat()).size) return Buffer.alloc(0);
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await handle.read(buffer, 0, size, position);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.files.values());
    for (const file of opened) if (file.status === 'fulfilled') await file.value.close();
  }

  private handle(name: string): Promise<FileHandle> {
    const known = this.files.get(name);
    if (known) return known;
    const opened = this.images.open(name);
    this.files.set(name, opened);
    return opened;
  }
}
