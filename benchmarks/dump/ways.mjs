// @ts-check
// Ways to dump a running service, which goes on. Each gives a sample, in ms.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { askCheckpoint } from '../../dist/control/client.js';
import { readStatistics } from '../../dist/images/statistics.js';

/**
 * `dump`: until all files are written, not yet on the disk, which is what `criu dump` does. `frozen`
 * is what CRIU says in its statistics: how long the process stood still.
 *
 * @typedef {'dump' | 'frozen' | 'memdump' | 'memwrite' | 'before' | 'fsync' | 'after' | 'all'} Figure
 * @typedef {Partial<Record<Figure, number>>} Sample
 * @typedef {{ id: string, title: string, dump: (pid: number, scratch: string) => Promise<Sample> }} Way
 */

/**
 * @param {string} criu
 * @returns {Way[]}
 */
export function ways(criu) {
  return [
    { id: 'criu', title: '`criu dump`', dump: (pid, scratch) => plainly(criu, pid, scratch) },
    ...['eager', 'map'].map((engine) => ({
      id: engine,
      title: `\`tubthump checkpoint --engine ${engine}\``,
      dump: (/** @type {number} */ pid, /** @type {string} */ scratch) =>
        checkpoint(criu, pid, scratch, /** @type {'eager' | 'map'} */ (engine)),
    })),
  ];
}

/** @typedef {(criu: string, pid: number, scratch: string) => Promise<Sample>} Plain */

/** @type {Plain} */
async function plainly(criu, pid, scratch) {
  const images = join(scratch, 'criu');
  mkdirSync(images);
  const options = ['--images-dir', images, '--leave-running', '--skip-in-flight', '-v2'];
  const external = socketsOf(pid).flatMap((inode) => ['--external', `unix[${inode}]`]);
  const started = performance.now();
  const child = spawn(criu, ['dump', '--tree', `${pid}`, '-o', 'log', ...options, ...external], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // As we start it ourselves: no hardware breakpoints, so that only the work is compared.
    env: { ...process.env, CRIU_FAULT: '130' },
  });
  const [status] = await once(child, 'exit');
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`criu dump: ${readFileSync(join(images, 'log'), 'utf8')}`);
  const sample = { dump: ms, all: ms, ...frozenIn(images) };
  rmSync(images, { recursive: true });
  return sample;
}

/**
 * @param {string} criu
 * @param {number} pid
 * @param {string} scratch
 * @param {'eager' | 'map'} engine
 * @returns {Promise<Sample>}
 */
async function checkpoint(criu, pid, scratch, engine) {
  const images = join(scratch, engine);
  const started = Date.now();
  await askCheckpoint(pid, { images, engine, leaveRunning: true, criu });
  const ended = Date.now();
  const manifest = join(images, 'manifest.json');
  if (JSON.parse(readFileSync(manifest, 'utf8')).engine !== engine) throw new Error('not baked');
  // The agent makes the directory first, writes the manifest last, and then renames the directory.
  const { birthtimeMs: made, ctimeMs: published } = statSync(images);
  const { mtimeMs: complete } = statSync(manifest);
  const sample = {
    before: made - started,
    dump: complete - made,
    fsync: published - complete,
    after: ended - published,
    all: ended - started,
    ...frozenIn(images),
  };
  rmSync(images, { recursive: true });
  return sample;
}

/** @param {string} images */
function frozenIn(images) {
  const { dump } = readStatistics(readFileSync(join(images, 'stats-dump')));
  if (!dump) throw new Error('no statistics of CRIU');
  return {
    frozen: dump.frozenTime / 1000,
    memdump: dump.memdumpTime / 1000,
    memwrite: dump.memwriteTime / 1000,
  };
}

/**
 * Inodes of the sockets whose other end is in another process: that of the launcher.
 *
 * @param {number} pid
 */
function socketsOf(pid) {
  const unix = new Map(
    readFileSync(`/proc/${pid}/net/unix`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([, , , , type, state, inode]) => [inode, `${type} ${state}`]),
  );
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1])
    .filter((inode) => inode !== undefined)
    .filter((inode) => unix.get(inode)?.endsWith(' 03')); // SS_CONNECTED
}
