import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageKind, Ingredients, Trial } from './trial.js';

/** The ways that are there for every service. */
export const REFERENCE = 'tubthump';

const AGAINST = { map: REFERENCE, eager: 'tubthump-eager', warm: 'warm' };

export const coldStart: Trial = {
  id: 'cold',
  title: 'cold start',
  kind: 'cold',
  image: null,
  run: null,
  channel: false,
  against: AGAINST,
  command: ({ command }) => command,
};

export const warmProcess: Trial = {
  ...coldStart,
  id: 'warm',
  title: 'warm process that never was checkpointed',
  kind: 'warm',
  against: { ...AGAINST, warm: null },
};

/** Node writes the cache when it ends by itself, which SIGTERM does not let it do. */
const END_ON_SIGTERM = "--import=data:text/javascript,process.once('SIGTERM',()=>process.exit())";

export const compileCache: Trial = {
  ...coldStart,
  id: 'compile-cache',
  title: 'cold start, `NODE_COMPILE_CACHE`',
  environment: ({ cache }) => ({ NODE_COMPILE_CACHE: compiled(cache) }),
  async prepare({ cache }, attempt) {
    const options = [process.env.NODE_OPTIONS, END_ON_SIGTERM].filter(Boolean).join(' ');
    await attempt({ NODE_OPTIONS: options });
    try {
      readdirSync(compiled(cache));
    } catch {
      throw new Error('Node has written no compile cache: it takes Node 22.1 or later');
    }
  },
};

const compiled = (cache: string) => join(cache, 'compiled');

/** What a user types, with the one option that our image's channel demands. */
function criuRestore({ criu, image, channelInode, work }: Ingredients, ...options: string[]) {
  return [
    ...[criu, 'restore', '--images-dir', image, '--work-dir', work],
    ...['--inherit-fd', `fd[3]:socket:[${channelInode}]`, ...options],
  ];
}

export const criuAlone: Trial = {
  id: 'criu',
  title: '`criu restore`, /run on a disk',
  kind: 'restore',
  image: 'eager',
  run: 'disk',
  channel: true,
  against: AGAINST,
  command: (given) => criuRestore(given),
};

export const criuKdat: Trial = {
  ...criuAlone,
  id: 'criu-kdat',
  title: '`criu restore`, /run on a disk, kdat put there by tubthump',
  run: 'disk-kdat',
};

/** $0: the image, $1: the work directory, $2 and so on: the restore, which starts with CRIU's path. */
const LAZY_SCRIPT = '"$2" lazy-pages -D "$0" -W "$1" -d && shift && exec "$@"';

export const criuLazyPages: Trial = {
  ...criuKdat,
  id: 'criu-lazy-pages',
  title: '`criu lazy-pages` and `criu restore --lazy-pages`, with kdat',
  command: (given) => [
    ...['/bin/sh', '-c', LAZY_SCRIPT, given.image, given.work],
    ...criuRestore(given, '--lazy-pages'),
  ],
};

/** A restore by our launcher, /run on a disk, as in most containers. */
export function restore(image: ImageKind, id: string, title: string): Trial {
  return {
    ...{ id, title, kind: 'restore', image, run: 'disk-kdat', channel: false },
    against: { ...AGAINST, ...(id === REFERENCE ? { map: null } : {}), eager: null },
    command: ({ launcher, image }) => [launcher, 'restore', image],
  };
}

export const eager: Trial = restore(
  'eager',
  'tubthump-eager',
  '`tubthump restore` of the same image (`--engine eager`)',
);

export const map: Trial = restore('map', REFERENCE, '**`tubthump restore`**');

export const traced: Trial = restore(
  'traced',
  'tubthump-traced',
  '`tubthump restore` of an image made with `--working-set`',
);

export const stream: Trial = {
  ...restore('eager', 'tubthump-stream', '`tubthump restore --engine stream` of the same image'),
  command: ({ launcher, image }) => [launcher, 'restore', '--engine', 'stream', image],
};

export const parked: Trial = {
  ...restore('traced', 'tubthump-parked', '`--parked` copy of it, from SIGCONT on'),
  kind: 'parked',
  command: ({ launcher, image }) => [launcher, 'restore', '--parked', image],
};

/** For a service of which nothing is known but its command. */
export const trials: readonly Trial[] = [
  coldStart,
  compileCache,
  criuAlone,
  criuKdat,
  criuLazyPages,
  eager,
  stream,
  map,
  traced,
  parked,
  warmProcess,
];
