import { TubthumpError } from '../errors/index.js';
import type { FileEntry, Mm, Vma } from './messages.js';
import type { Pagemap } from './pagemap.js';
import { bytesWithin } from './ranges.js';

/** VMA_* of criu/include/image.h. */
const STATUS = {
  stack: 1 << 1,
  vsyscall: 1 << 2,
  vdso: 1 << 3,
  filePrivate: 1 << 6,
  fileShared: 1 << 7,
  anonymousShared: 1 << 8,
  anonymousPrivate: 1 << 9,
  vvar: 1 << 12,
} as const;
const HEAP = 1 << 5;

/** The name in files.img of the file that a restore gives by inherit_fd, see native/core/bake. */
const BAKED_NAME = '/tubthump/heap.img';
/** Its name in the image directory. */
export const HEAP_FILE = 'heap.img';

/**
 * heap: mapped from the image at restore; copied: private memory that a restore fills; file: mapped
 * from a file of the machine; empty: reserved, without a page in the image.
 */
export type MappingKind = 'heap' | 'copied' | 'empty' | 'file' | 'shared' | 'stack' | 'kernel';

export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  /** Bytes of address space. */
  readonly size: number;
  /** As in /proc/PID/maps: `rw-p`. */
  readonly access: string;
  readonly kind: MappingKind;
  /** What is mapped, or what the memory is for. */
  readonly name: string;
  /** Bytes of it in CRIU's pages file: a restore copies them. */
  readonly copied: number;
  /** Where it lies in heap.img, bytes. */
  readonly heapOffset?: bigint;
}

/**
 * The address space of one process, in order of address.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID for mappings that no kernel would have made
 */
export function mappingsOf(
  mm: Mm,
  files: ReadonlyMap<number, FileEntry>,
  pagemap: Pagemap,
): Mapping[] {
  for (const [index, { start, end }] of mm.vmas.entries())
    if (start >= end || start < (mm.vmas[index - 1]?.end ?? 0n))
      throw new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', 'mappings overlap or are out of order');
  const copied = bytesWithin(mm.vmas, pagemap.runs);
  return mm.vmas.map((vma, index) => {
    const file = files.get(Number(vma.shmid))?.reg?.name;
    const isBaked = Boolean(vma.status & STATUS.filePrivate) && file === BAKED_NAME;
    const common = {
      start: vma.start,
      end: vma.end,
      size: Number(vma.end - vma.start),
      access: accessOf(vma),
      copied: copied[index] ?? 0,
    };
    if (isBaked) return { ...common, kind: 'heap', name: "V8's heap", heapOffset: vma.pgoff };
    return { ...common, ...describe(vma, file, common.copied) };
  });
}

function describe(
  vma: Vma,
  file: string | undefined,
  copied: number,
): { kind: MappingKind; name: string } {
  const { status } = vma;
  if (status & STATUS.vsyscall) return { kind: 'kernel', name: '[vsyscall]' };
  if (status & STATUS.vdso) return { kind: 'kernel', name: '[vdso]' };
  if (status & STATUS.vvar) return { kind: 'kernel', name: '[vvar]' };
  if (status & STATUS.stack) return { kind: 'stack', name: '[stack]' };
  if (status & STATUS.fileShared) return { kind: 'shared', name: file ?? 'a file' };
  if (status & STATUS.anonymousShared) return { kind: 'shared', name: 'anonymous' };
  if (status & STATUS.filePrivate) return { kind: 'file', name: file ?? 'a file' };
  const name = status & HEAP ? '[heap]' : 'anonymous';
  return { kind: copied > 0 ? 'copied' : 'empty', name };
}

/** mmap(2): PROT_READ 1, PROT_WRITE 2, PROT_EXEC 4; MAP_SHARED 1. */
function accessOf({ prot, flags }: Vma): string {
  const letter = (bit: number, sign: string) => (prot & bit ? sign : '-');
  return letter(1, 'r') + letter(2, 'w') + letter(4, 'x') + (flags & 1 ? 's' : 'p');
}
