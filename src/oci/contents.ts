import { MANIFEST } from '../images/manifest.js';
import { parse } from './documents.js';
import { isFileName } from './entries.js';
import { invalid, unsupported } from './error.js';
import { PAGE, Runs } from './runs.js';

const FORMAT = 1;
const MOST_FILES = 65536;

/** One file of the image. */
export interface FilePart {
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** How many runs are of this file. */
  readonly runs: number;
}

/** An entry of a layer that pages come from. */
export interface Source {
  /** Counted from the lowest layer, which is 0. */
  readonly layer: number;
  readonly entry: string;
}

/** What the uppermost layer says of all. */
export interface Contents {
  readonly files: readonly FilePart[];
  readonly sources: readonly Source[];
  readonly runs: Runs;
}

export function encodeContents({ files, sources }: Omit<Contents, 'runs'>): string {
  return JSON.stringify({ format: FORMAT, pageSize: PAGE, files, sources });
}

/**
 * @param layers how many the image has
 * @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_UNSUPPORTED
 */
export function decodeContents(text: string, bytes: Buffer, layers: number): Contents {
  const { format, pageSize, files, sources } = parse('the list of files', text);
  if (format !== FORMAT || pageSize !== PAGE)
    throw unsupported(`the image has format ${format}, this tubthump reads format ${FORMAT}`);
  if (!isListOf(isFilePart)(files) || files.length > MOST_FILES)
    throw invalid('the list of files is malformed');
  if (!isListOf(isSource)(sources) || sources.some(({ layer }) => layer >= layers))
    throw invalid('the list of sources is malformed');
  if (new Set(files.map(({ name }) => name)).size < files.length)
    throw invalid('two files have one name');
  if (!files.some(({ name }) => name === MANIFEST)) throw invalid(`there is no ${MANIFEST}`);
  const runs = Runs.decode(bytes);
  checkRuns(files, sources.length, runs);
  return { files, sources, runs };
}

/** Runs of a file are in order, do not overlap, and end with the file. */
function checkRuns(files: readonly FilePart[], sources: number, runs: Runs): void {
  let index = 0;
  for (const { name, size, runs: count } of files) {
    let next = 0;
    for (const last = index + count; index < last; index++) {
      const { page, count: pages, source } = runs.at(index);
      const isSound = pages > 0 && page >= next && page + pages <= Math.ceil(size / PAGE);
      if (index >= runs.length || !isSound || source >= sources)
        throw invalid(`the pages of ${name} are out of order`);
      next = page + pages;
    }
  }
  if (index !== runs.length) throw invalid('there are more pages than files for them');
}

const isNatural = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

function isFilePart(value: unknown): value is FilePart {
  const { name, size, mode, runs } = (value ?? {}) as Partial<FilePart>;
  return isFileName(name) && isNatural(size) && isNatural(mode) && isNatural(runs);
}

function isSource(value: unknown): value is Source {
  const { layer, entry } = (value ?? {}) as Partial<Source>;
  return isNatural(layer) && typeof entry === 'string';
}

function isListOf<Item>(holds: (value: unknown) => value is Item) {
  return (value: unknown): value is Item[] => Array.isArray(value) && value.every(holds);
}
