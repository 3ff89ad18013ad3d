import { invalid } from './error.js';

/** Folder of a layer with the files of the image, as container engines call it. */
export const CHECKPOINT = 'checkpoint/';
/** What a layer says of itself: contents.ts. Comes first. */
export const CONTENTS = 'tubthump/contents.json';
/** Where the pages of files are: runs.ts. Comes second. */
export const RUNS = 'tubthump/runs';
/** Pages of files of which others are in layers below. */
export const PAGES = 'tubthump/pages';
/** Hides the files of the layers below from tools that lay one layer over the other (OCI 1.1). */
export const OPAQUE = `${CHECKPOINT}.wh..wh..opq`;
/** What `checkpointctl show` and `inspect` look at. */
export const DUMPS = { config: 'config.dump', spec: 'spec.dump', stats: 'stats-dump' } as const;

const FOLDERS: ReadonlySet<string> = new Set([CHECKPOINT, 'tubthump/']);
const FILES: ReadonlySet<string> = new Set([
  CONTENTS,
  RUNS,
  PAGES,
  OPAQUE,
  ...Object.values(DUMPS),
]);

/** No path, nothing hidden: what is written stays in the directory of the image. */
export function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[^./\0][^/\0]{0,254}$/.test(name);
}

/**
 * Lets nothing pass that `export` does not write: no links or devices, no paths to elsewhere.
 * @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID
 */
export function checkEntry(path: string, type: string): void {
  const isFolder = type === 'Directory';
  if (!isFolder && type !== 'File' && type !== 'OldFile')
    throw invalid(`the layer has a ${type} in it, ${path}`);
  if (isFolder ? FOLDERS.has(path) : FILES.has(path)) return;
  if (!isFolder && path.startsWith(CHECKPOINT) && isFileName(path.slice(CHECKPOINT.length))) return;
  throw invalid(`the layer has an entry that does not belong there: ${path}`);
}
