import type { ImageDirectory } from './directory.js';
import { type Mapping, mappingsOf } from './mappings.js';
import { ImageMemory, stretchesOf } from './memory.js';
import type {
  Core,
  FdinfoEntry,
  FileEntry,
  FsEntry,
  KernelIds,
  Mm,
  PstreeEntry,
} from './messages.js';
import { readPagemap } from './pagemap.js';

/** One process of an image, decoded. */
export interface ImageProcess {
  readonly pstree: PstreeEntry;
  readonly core: Core;
  readonly mm: Mm;
  readonly mappings: readonly Mapping[];
  /** Name of the file that a restore copies. */
  readonly pagesFile: string;
  readonly memory: ImageMemory;
  readonly descriptors: readonly FdinfoEntry[];
  readonly fs: FsEntry;
}

/** What all processes of an image refer to, by id. */
export async function readFiles(images: ImageDirectory): Promise<Map<number, FileEntry>> {
  const files = await images.messages<FileEntry>('files.img');
  return new Map(files.map((file) => [file.id, file]));
}

/**
 * Reads one process; its `memory` has to be closed.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID
 */
export async function readProcess(
  images: ImageDirectory,
  pstree: PstreeEntry,
  files: ReadonlyMap<number, FileEntry>,
): Promise<ImageProcess> {
  const { pid } = pstree;
  const core = await images.message<Core>(`core-${pid}.img`);
  const ids = core.ids ?? (await images.message<KernelIds>(`ids-${pid}.img`));
  const mm = await images.message<Mm>(`mm-${pid}.img`);
  const pagemap = await readPagemap(images, `pagemap-${pid}.img`);
  const mappings = mappingsOf(mm, files, pagemap);
  const memory = new ImageMemory(images, stretchesOf(mappings, pagemap));
  const descriptors = await images.messages<FdinfoEntry>(`fdinfo-${ids.files_id}.img`);
  const fs = await images.message<FsEntry>(`fs-${pid}.img`);
  return { pstree, core, mm, mappings, pagesFile: pagemap.file, memory, descriptors, fs };
}

/** Strings one after another, each ended by a zero byte: arguments, environment. */
export async function readStrings(
  memory: ImageMemory,
  start: bigint,
  end: bigint,
): Promise<string[]> {
  const bytes = await memory.read(start, end, MAX_STRINGS);
  return bytes.toString('utf8').split('\0').filter(Boolean);
}

/** The kernel lets an environment be a quarter of the stack limit, 2 MB as a rule (execve(2)). */
const MAX_STRINGS = 8 * 1024 * 1024;
