import { TubthumpError } from '../errors/index.js';
import type { ImageDirectory } from './directory.js';
import type { PagemapEntry, PagemapHead } from './messages.js';

export const PAGE_SIZE = 4096n;

/** PE_PRESENT: the pages are in the pages file of this image (criu/include/pagemap.h). */
const PRESENT = 4;

/** Above are no processes, but for the page of vsyscall, which is never in an image. */
const LAST = 1n << 57n;

/** Pages that follow each other in memory and in the pages file. */
export interface PageRun {
  readonly start: bigint;
  readonly end: bigint;
  /** In the pages file, bytes. */
  readonly offset: bigint;
}

export interface Pagemap {
  /** Name of the pages file. */
  readonly file: string;
  /** In order of address. */
  readonly runs: readonly PageRun[];
}

/**
 * Which pages of a process are in which file.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID
 */
export async function readPagemap(images: ImageDirectory, name: string): Promise<Pagemap> {
  const [head, ...entries] = await images.messages<PagemapHead & PagemapEntry>(name);
  if (!head) throw new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', `${name} is empty`);
  const runs: PageRun[] = [];
  let offset = 0n;
  for (const { vaddr, nr_pages, compat_nr_pages, flags = PRESENT } of entries) {
    // Elsewhere: in a parent image, or fetched when they are touched.
    if (!(flags & PRESENT)) continue;
    const size = (nr_pages ?? BigInt(compat_nr_pages)) * PAGE_SIZE;
    if (size === 0n || vaddr < (runs.at(-1)?.end ?? 0n) || vaddr + size > LAST)
      throw new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', `${name}: pages out of order`);
    runs.push({ start: vaddr, end: vaddr + size, offset });
    offset += size;
  }
  return { file: `pages-${head.pages_id}.img`, runs };
}
