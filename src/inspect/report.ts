import type { KeySource } from '../encryption/key-source.js';
import { withPlainImage } from '../encryption/plain-view.js';
import { ImageDirectory } from '../images/directory.js';
import type { Manifest } from '../images/manifest.js';
import type { Mapping, MappingKind } from '../images/mappings.js';
import type { Core, FileEntry, PstreeEntry } from '../images/messages.js';
import { readManifestIfAny } from '../images/plain.js';
import { readFiles, readProcess, readStrings } from '../images/process.js';
import { describeFile, type OpenFile } from './open-file.js';
import { readTimings, type Timings } from './timings.js';
import { readTouched, type Touched, type TouchedPages } from './touched.js';

/**
 * What an image holds; of one that CRIU made alone the manifest says next to nothing, and its `id` is
 * empty. Sizes in bytes, times in milliseconds, addresses in hex.
 */
export interface Report {
  readonly images: string;
  readonly manifest: Omit<Manifest, 'files'>;
  readonly files: Manifest['files'];
  readonly processes: readonly ProcessReport[];
  /** Of the dump, by CRIU's own clock; absent when its statistics are gone. */
  readonly timings?: Timings;
  /** What its copies touch, where that was recorded (`tubthump working-set`). */
  readonly workingSet?: Touched;
}

export interface ProcessReport {
  readonly pid: number;
  readonly ppid: number;
  readonly session: number;
  readonly name: string;
  readonly executable: string;
  readonly cwd: string;
  readonly user: number;
  readonly group: number;
  readonly seccomp: string;
  readonly arguments: readonly string[];
  /** Names only. */
  readonly environment: readonly string[];
  readonly threads: readonly { readonly tid: number; readonly name: string }[];
  readonly descriptors: readonly Descriptor[];
  readonly memory: readonly Region[];
  readonly mappings: readonly MappingReport[];
}

export interface Descriptor extends OpenFile {
  readonly fd: number;
}

/** All mappings of one kind. */
export interface Region {
  readonly kind: MappingKind;
  readonly mappings: number;
  /** Address space. */
  readonly size: number;
  /** In the image: copied at restore, or mapped from heap.img. */
  readonly stored: number;
  /** In the working set. */
  readonly touched: number;
  /** Of that, what each copy writes and has for itself; known of what is mapped from heap.img. */
  readonly written: number;
}

export interface MappingReport {
  readonly start: string;
  readonly end: string;
  readonly size: number;
  readonly access: string;
  readonly kind: MappingKind;
  readonly name: string;
  readonly copied: number;
  /** As in `Region`. */
  readonly touched: number;
  readonly written: number;
}

/**
 * Looks into an image; nothing of it is executed or changed.
 * @param key of an encrypted image, which is decrypted into memory meanwhile
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, ERR_TUBTHUMP_IMAGE_INVALID, …_MISMATCH,
 * ERR_TUBTHUMP_KEY
 */
export async function inspect(path: string, key: KeySource = {}): Promise<Report> {
  return { ...(await withPlainImage(path, key, inspectPlain)), images: path };
}

async function inspectPlain(path: string): Promise<Report> {
  const images = new ImageDirectory(path);
  const { files, ...manifest } = await readManifestIfAny(images);
  const opened = await readFiles(images);
  const tree = await images.messages<PstreeEntry>('pstree.img');
  const processes: ProcessReport[] = [];
  const touched = await readTouched(images);
  for (const entry of tree) processes.push(await reportProcess(images, entry, opened, touched));
  const timings = await readTimings(images, manifest);
  const workingSet = touched?.summary;
  return {
    ...{ images: path, manifest, files, processes },
    ...(timings && { timings }),
    ...(workingSet && { workingSet }),
  };
}

async function reportProcess(
  images: ImageDirectory,
  entry: PstreeEntry,
  files: ReadonlyMap<number, FileEntry>,
  touched: TouchedPages | undefined,
): Promise<ProcessReport> {
  const { core, mm, memory, descriptors, fs, pagesFile, ...process } = await readProcess(
    ...([images, entry, files] as const),
  );
  const mappings = reportMappings(process.mappings, pagesFile, touched);
  try {
    const environment = await readStrings(memory, mm.mm_env_start, mm.mm_env_end);
    return {
      ...{ pid: entry.pid, ppid: entry.ppid, session: entry.sid },
      name: core.tc?.comm ?? '',
      executable: files.get(mm.exe_file_id)?.reg?.name ?? '',
      cwd: files.get(fs.cwd_id)?.reg?.name ?? '',
      user: core.thread_core?.creds?.euid ?? 0,
      group: core.thread_core?.creds?.egid ?? 0,
      seccomp: core.thread_core?.seccomp_mode ?? 'disabled',
      arguments: await readStrings(memory, mm.mm_arg_start, mm.mm_arg_end),
      environment: environment.map((line) => line.split('=')[0] ?? '').sort(),
      threads: await threadsOf(images, entry),
      descriptors: descriptors.map(({ fd, id }) => ({ fd, ...describeFile(files.get(id)) })),
      memory: regionsOf(mappings),
      mappings,
    };
  } finally {
    await memory.close();
  }
}

/** One after the other: a damaged image may claim any number. */
async function threadsOf(images: ImageDirectory, { threads }: PstreeEntry) {
  const found: { tid: number; name: string }[] = [];
  for (const tid of threads) {
    const { thread_core, tc } = await images.message<Core>(`core-${tid}.img`);
    found.push({ tid, name: thread_core?.comm ?? tc?.comm ?? '' });
  }
  return found;
}

function regionsOf(mappings: readonly MappingReport[]): Region[] {
  const kinds = [...new Set(mappings.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const all = mappings.filter((mapping) => mapping.kind === kind);
      const sum = (bytes: (mapping: MappingReport) => number) =>
        all.reduce((total, mapping) => total + bytes(mapping), 0);
      return {
        ...{ kind, mappings: all.length, size: sum(({ size }) => size), stored: sum(storedOf) },
        touched: sum((mapping) => mapping.touched),
        written: sum((mapping) => mapping.written),
      };
    })
    .sort((a, b) => b.stored - a.stored || b.size - a.size);
}

/** What a mapping has in the image; of the heap file, holes included. */
export function storedOf({
  kind,
  copied,
  size,
}: Pick<Mapping, 'kind' | 'copied' | 'size'>): number {
  return kind === 'heap' ? size : copied;
}

function reportMappings(
  mappings: readonly Mapping[],
  pagesFile: string,
  touched: TouchedPages | undefined,
): MappingReport[] {
  const [touches, writes] = [touched?.touched(mappings, pagesFile), touched?.written(mappings)];
  return mappings.map(({ start, end, heapOffset: _, ...mapping }, index) => ({
    ...{ start: start.toString(16), end: end.toString(16), ...mapping },
    ...{ touched: touches?.[index] ?? 0, written: writes?.[index] ?? 0 },
  }));
}
