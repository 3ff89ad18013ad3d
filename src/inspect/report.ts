import { ImageDirectory } from '../images/directory.js';
import { type Manifest, readManifest } from '../images/manifest.js';
import type { Mapping, MappingKind } from '../images/mappings.js';
import type { Core, DumpStats, FileEntry, PstreeEntry, Stats } from '../images/messages.js';
import { readFiles, readProcess, readStrings } from '../images/process.js';
import { describeFile, type OpenFile } from './open-file.js';

/** What an image holds. Sizes in bytes, times in milliseconds, addresses in hex. */
export interface Report {
  readonly images: string;
  readonly manifest: Omit<Manifest, 'files'>;
  readonly files: Manifest['files'];
  readonly processes: readonly ProcessReport[];
  /** Of the dump, by CRIU's own clock; absent when its statistics are gone. */
  readonly timings?: Timings;
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
}

export interface MappingReport {
  readonly start: string;
  readonly end: string;
  readonly size: number;
  readonly access: string;
  readonly kind: MappingKind;
  readonly name: string;
  readonly copied: number;
}

export interface Timings {
  readonly freezingMs: number;
  readonly frozenMs: number;
  readonly memoryMs: number;
  readonly writingMs: number;
  readonly pagesScanned: number;
  readonly pagesWritten: number;
}

/**
 * Looks into an image; nothing of it is executed or changed.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, ERR_TUBTHUMP_IMAGE_INVALID, …_MISMATCH
 */
export async function inspect(path: string): Promise<Report> {
  const images = new ImageDirectory(path);
  const { files, ...manifest } = await readManifest(images);
  const opened = await readFiles(images);
  const tree = await images.messages<PstreeEntry>('pstree.img');
  const processes: ProcessReport[] = [];
  for (const entry of tree) processes.push(await reportProcess(images, entry, opened));
  const timings = await readTimings(images);
  return { images: path, manifest, files, processes, ...(timings && { timings }) };
}

async function reportProcess(
  images: ImageDirectory,
  entry: PstreeEntry,
  files: ReadonlyMap<number, FileEntry>,
): Promise<ProcessReport> {
  const { core, mm, mappings, memory, descriptors, fs } = await readProcess(images, entry, files);
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
      mappings: mappings.map(reportMapping),
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

function regionsOf(mappings: readonly Mapping[]): Region[] {
  const kinds = [...new Set(mappings.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const all = mappings.filter((mapping) => mapping.kind === kind);
      return {
        kind,
        mappings: all.length,
        size: all.reduce((sum, { size }) => sum + size, 0),
        stored: all.reduce((sum, mapping) => sum + storedOf(mapping), 0),
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

function reportMapping({ start, end, heapOffset: _, ...mapping }: Mapping): MappingReport {
  return { start: start.toString(16), end: end.toString(16), ...mapping };
}

async function readTimings(images: ImageDirectory): Promise<Timings | undefined> {
  if (!(await images.names()).includes('stats-dump')) return undefined;
  const { dump } = await images.message<Stats>('stats-dump');
  return dump && timingsOf(dump);
}

function timingsOf(dump: DumpStats): Timings {
  return {
    freezingMs: dump.freezing_time / 1000,
    frozenMs: dump.frozen_time / 1000,
    memoryMs: dump.memdump_time / 1000,
    writingMs: dump.memwrite_time / 1000,
    pagesScanned: Number(dump.pages_scanned),
    pagesWritten: Number(dump.pages_written),
  };
}
