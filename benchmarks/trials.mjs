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
 * `kind`: a cold start of the service, or a restore of its image. `run`: the /run it sees, see
 * run-directories.mjs; null is the machine's own. `channel`: the copy's private channel is made by
 * the benchmark, because nobody else does. `against`: the row that it is compared with, null for
 * those that the others are compared with.
 *
 * @typedef {{
 *   id: string,
 *   title: string,
 *   kind: 'cold' | 'restore',
 *   run: import('./run-directories.mjs').RunKind | null,
 *   channel: boolean,
 *   against: string | null,
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

const tubthumpRestore = (/** @type {Ingredients} */ { launcher, image }) => [
  ...[launcher, 'restore', image],
];

/** @type {readonly Omit<Trial, 'kind' | 'run' | 'channel' | 'conditions'>[]} */
const cold = [
  {
    id: 'cold-node-20',
    title: 'cold start, Node 20',
    against: 'tubthump',
    command: ({ node, script }) => [node('node-20'), ...script],
  },
  {
    id: 'cold-node-24',
    title: 'cold start, Node 24',
    against: 'tubthump',
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
    against: 'tubthump',
    command: criuRestore,
  },
  {
    id: 'criu-kdat',
    title: '`criu restore`, /run on a disk, kdat put there by tubthump',
    run: 'disk-kdat',
    channel: true,
    against: 'tubthump',
    command: criuRestore,
  },
  {
    id: 'tubthump',
    title: '**`tubthump restore`**, /run on a disk',
    run: 'disk-kdat',
    channel: false,
    against: null,
    command: tubthumpRestore,
  },
  {
    id: 'criu-tmpfs',
    title: '`criu restore`, /run on tmpfs',
    run: 'tmpfs',
    channel: true,
    against: 'tubthump-tmpfs',
    command: criuRestore,
  },
  {
    id: 'tubthump-tmpfs',
    title: '**`tubthump restore`**, /run on tmpfs',
    run: 'tmpfs',
    channel: false,
    against: null,
    command: tubthumpRestore,
  },
];

/** @type {readonly Trial[]} */
export const trials = [
  // A pause changes nothing for them: there is no CRIU in a cold start.
  ...cold.map((trial) => ({
    ...trial,
    kind: /** @type {const} */ ('cold'),
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
