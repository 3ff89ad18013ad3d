// @ts-check
// The rows of the table: ways in which a user can start a service. A new way is a new row.

/**
 * What a trial's command is made of.
 *
 * @typedef {{
 *   node: (name: string) => string,
 *   script: readonly string[],
 *   launcher: string,
 *   criu: string,
 *   image: string,
 *   channelInode: number,
 *   scratch: string,
 * }} Ingredients
 *
 * @typedef {'map' | 'eager'} Engine
 *
 * `kind`: a cold start of the service, or a restore of its image. `run`: the /run it sees, see
 * run-directories.mjs; null is the machine's own. `channel`: the copy's private channel is made by
 * the benchmark, because nobody else does. `engine`: of the image that is restored. `against`: the
 * rows that it is compared with, for each column of ratios; null where there is none.
 *
 * @typedef {{
 *   id: string,
 *   title: string,
 *   kind: 'cold' | 'restore',
 *   run: import('./run-directories.mjs').RunKind | null,
 *   channel: boolean,
 *   engine: Engine,
 *   against: { map: string | null, eager: string | null },
 *   conditions: readonly string[],
 *   command: (given: Ingredients) => string[],
 * }} Trial
 */

/** The Node that the images are made with: the newest that a row starts cold. */
export const IMAGE_NODE = 'node-24';

/** What a user types, with the one option that our image's channel demands. */
const criuRestore = (/** @type {Ingredients} */ { criu, image, channelInode, scratch }) => [
  ...[criu, 'restore', '--images-dir', image, '--work-dir', scratch],
  ...['--inherit-fd', `fd[3]:socket:[${channelInode}]`],
];

/** Two commands: the daemon forks when it listens, and ends when all pages are in place. */
const criuLazyPages = (/** @type {Ingredients} */ given) => [
  ...['sh', '-c', '"$1" lazy-pages --daemon --images-dir "$4" --work-dir "$6" && exec "$@"', 'sh'],
  ...[...criuRestore(given), '--lazy-pages'],
];

const tubthumpStream = (/** @type {Ingredients} */ { launcher, image }) => [
  ...[launcher, 'restore', '--engine', 'stream', image],
];

const tubthumpRestore = (/** @type {Ingredients} */ { launcher, image }) => [
  ...[launcher, 'restore', image],
];

/** @type {readonly Omit<Trial, 'kind' | 'run' | 'channel' | 'engine' | 'conditions'>[]} */
const cold = [
  {
    id: 'cold-node-20',
    title: 'cold start, Node 20',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: ({ node, script }) => [node('node-20'), ...script],
  },
  {
    id: 'cold-node-24',
    title: 'cold start, Node 24',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: ({ node, script }) => [node('node-24'), ...script],
  },
];

/** @type {readonly Omit<Trial, 'kind' | 'conditions'>[]} */
const restore = [
  {
    id: 'criu',
    title: '`criu restore`, /run on a disk',
    run: 'disk',
    channel: true,
    engine: 'eager',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: criuRestore,
  },
  {
    id: 'criu-kdat',
    title: '`criu restore`, /run on a disk, kdat put there by tubthump',
    run: 'disk-kdat',
    channel: true,
    engine: 'eager',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: criuRestore,
  },
  {
    id: 'tubthump-eager',
    title: '`tubthump restore` of the same image (`--engine eager`), /run on a disk',
    run: 'disk-kdat',
    channel: false,
    engine: 'eager',
    against: { map: 'tubthump', eager: null },
    command: tubthumpRestore,
  },
  {
    id: 'tubthump',
    title: '**`tubthump restore`**, /run on a disk',
    run: 'disk-kdat',
    channel: false,
    engine: 'map',
    against: { map: null, eager: null },
    command: tubthumpRestore,
  },
  {
    id: 'criu-lazy-pages',
    title: '`criu lazy-pages` and `criu restore --lazy-pages`, /run on a disk, kdat from tubthump',
    run: 'disk-kdat',
    channel: true,
    engine: 'eager',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: criuLazyPages,
  },
  {
    id: 'tubthump-stream',
    title: '`tubthump restore --engine stream`, /run on a disk',
    run: 'disk-kdat',
    channel: false,
    engine: 'eager',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: tubthumpStream,
  },
  {
    id: 'tubthump-map-stream',
    title: '`tubthump restore --engine stream` of a baked image, /run on a disk',
    run: 'disk-kdat',
    channel: false,
    engine: 'map',
    against: { map: 'tubthump', eager: 'tubthump-eager' },
    command: tubthumpStream,
  },
  {
    id: 'criu-tmpfs',
    title: '`criu restore`, /run on tmpfs',
    run: 'tmpfs',
    channel: true,
    engine: 'eager',
    against: { map: 'tubthump-tmpfs', eager: 'tubthump-eager-tmpfs' },
    command: criuRestore,
  },
  {
    id: 'tubthump-eager-tmpfs',
    title: '`tubthump restore` of the same image (`--engine eager`), /run on tmpfs',
    run: 'tmpfs',
    channel: false,
    engine: 'eager',
    against: { map: 'tubthump-tmpfs', eager: null },
    command: tubthumpRestore,
  },
  {
    id: 'tubthump-tmpfs',
    title: '**`tubthump restore`**, /run on tmpfs',
    run: 'tmpfs',
    channel: false,
    engine: 'map',
    against: { map: null, eager: null },
    command: tubthumpRestore,
  },
];

/** @type {readonly Trial[]} */
export const trials = [
  // A pause changes nothing for them: there is no CRIU in a cold start.
  ...cold.map((trial) => ({
    ...trial,
    kind: /** @type {const} */ ('cold'),
    engine: /** @type {const} */ ('map'),
    run: null,
    channel: false,
    conditions: ['loop'],
  })),
  ...restore.map((trial) => ({
    ...trial,
    kind: /** @type {const} */ ('restore'),
    conditions: ['loop', 'pause'],
  })),
];
