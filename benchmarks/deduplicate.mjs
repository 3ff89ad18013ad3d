// @ts-check
// What is the same in two images of one service: how much of the second needs not be stored beside
// the first. Prints the table of docs/packs.md.
//   node benchmarks/deduplicate.mjs [--service heap|catalog] [--size N] [--started WAY] [--keep DIR]
// N orders or products (default: 50 000 and 3000), WAY one of those below, such as `as it is`.
// Needs root, a CRIU, and setarch(8); zstd(1) for one column. Two minutes for each service.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { pack } from '../dist/index.js';
import { commonChunks, commonPages, dataOf, patchSize } from './deduplicate/common.mjs';
import { checkpointCopy } from './deduplicate/copy.mjs';

const { values } = parseArgs({
  options: {
    service: { type: 'string' },
    size: { type: 'string' },
    started: { type: 'string' },
    keep: { type: 'string' },
  },
});
const launcher = resolve('build/Release/tubthump');
const scratch = values.keep ?? mkdtempSync(join(tmpdir(), 'tubthump-deduplicate-'));
mkdirSync(scratch, { recursive: true });

/** What one line of code more is: it adds a function that is called. */
const CHANGE = '\nglobalThis.added = () => [1, 2, 3].map((n) => n * 2);\nglobalThis.added();\n';

/** @type {Record<string, { files: string, main: string, env: Record<string, string> }>} */
const SERVICES = {
  heap: {
    files: 'benchmarks/services',
    main: 'heap.cjs',
    env: { HEAP_OBJECTS: values.size ?? '50000' },
  },
  catalog: {
    files: 'examples/catalog',
    main: 'server.mjs',
    env: { CATALOG_PRODUCTS: values.size ?? '3000', LOG_LEVEL: 'silent' },
  },
};
const PORT = '18437';
const URL = `http://127.0.0.1:${PORT}/`;

/** How the service is started. @type {Record<string, { before: string[], flags: string[] }>} */
const WAYS = {
  'as it is': { before: [], flags: [] },
  'without ASLR': { before: ['setarch', '-R'], flags: [] },
  'without ASLR, fixed seeds': {
    before: ['setarch', '-R'],
    flags: ['--hash-seed=1', '--random-seed=1'],
  },
  'the same, one thread for V8': {
    before: ['setarch', '-R'],
    flags: ['--hash-seed=1', '--random-seed=1', '--single-threaded'],
  },
};

/**
 * @param {string} images
 * @param {typeof SERVICES[string]} service
 * @param {typeof WAYS[string]} way
 * @param {boolean} changed
 */
function checkpoint(images, { files, main, env }, { before, flags }, changed) {
  // In the same place each time: paths are in the heap.
  const place = join(scratch, 'service');
  rmSync(place, { recursive: true, force: true });
  cpSync(files, place, { recursive: true });
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  const file = join(place, main);
  if (changed) writeFileSync(file, readFileSync(file, 'utf8') + CHANGE);
  const args = ['checkpoint', '--images', images, '--warm', URL, '--warm-requests', '50', '--'];
  const [command = '', ...rest] = [...before, launcher, ...args, process.execPath, ...flags, file];
  const made = spawnSync(command, rest, {
    cwd: place,
    encoding: 'utf8',
    env: { ...process.env, ...env, PORT },
  });
  if (made.status !== 0) throw new Error(`no image: ${made.stderr}`);
}

const mb = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
const percent = (/** @type {number} */ part, /** @type {number} */ all) =>
  `${((part / all) * 100).toFixed(0)} %`;

/** @type {string[][]} */
const rows = [];
try {
  for (const [name, service] of Object.entries(SERVICES)) {
    if (values.service && values.service !== name) continue;
    for (const [title, way] of Object.entries(WAYS)) {
      if (values.started && values.started !== title) continue;
      const [first, again, changed] = ['first', 'again', 'changed'].map((version) => {
        const images = join(scratch, `${name}-${version}`);
        rmSync(images, { recursive: true, force: true });
        checkpoint(images, service, way, version === 'changed');
        return images;
      });
      const copy = join(scratch, `${name}-copy`);
      rmSync(copy, { recursive: true, force: true });
      const env = { ...process.env, ...service.env, PORT };
      await checkpointCopy(String(first), copy, { url: URL, env, requests: 200 });
      for (const [version, images] of /** @type {const} */ ([
        ['again', again],
        ['changed', changed],
        ['a copy of the first', copy],
      ]))
        rows.push([name, title, version, ...(await compare(String(first), String(images)))]);
    }
  }
  const header = [
    'service',
    'started',
    'second image',
    'MB',
    'same pages',
    'CDC 16 KB',
    'CDC 1 KB',
  ];
  const sizes = ['pack, MB', 'pack --base, MB', 'zstd --patch-from, MB'];
  console.log(
    markdownTable([[...header, ...sizes], ...rows], { align: ['l', 'l', 'l', ...'rrrrrrr'] }),
  );
} finally {
  if (!values.keep) rmSync(scratch, { recursive: true, force: true });
}

/**
 * @param {string} base
 * @param {string} images
 */
async function compare(base, images) {
  const [before, after] = [dataOf(base), dataOf(images)];
  const alone = join(scratch, 'alone.pack');
  const against = join(scratch, 'against.pack');
  for (const file of [alone, against]) rmSync(file, { force: true });
  const { packed } = await pack(images, alone);
  const based = await pack(images, against, { base });
  const patch = patchSize(before, after, scratch);
  return [
    mb(after.length),
    percent(commonPages(before, after), after.length),
    percent(commonChunks(before, after, 14), after.length),
    percent(commonChunks(before, after, 10), after.length),
    mb(packed),
    mb(based.packed),
    patch === undefined ? '–' : mb(patch),
  ];
}
