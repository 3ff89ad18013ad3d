// @ts-check
// Ways to have many of one service. A new way is a new object.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clone, fork } from '../../dist/index.js';
import { launcherPath } from '../../dist/native/package.js';
import { criu } from '../programs.mjs';

const PORT = { first: 22_000, forked: 21_999 };
const RETRY_MS = 2;
/** For one answer; then it is asked again. */
const LIMIT_MS = 5000;

/** To every service before its image is made, or it is forked: copies are of a warm one. */
const WARM_REQUESTS = 500;

/**
 * `pids` are the services. `answered` resolves when the last of them has answered.
 *
 * @typedef {{
 *   answered: Promise<unknown>,
 *   pids: () => number[],
 *   end: () => Promise<unknown>,
 * }} Started
 *
 * `most`: of how many it is a way.
 * @typedef {{
 *   id: string,
 *   title: string,
 *   most?: number,
 *   start: (count: number) => Promise<Started>,
 * }} Way
 * @typedef {import('./networks.mjs').Network} Network
 */

/** What the others are compared with. */
export const SUBJECT = 'clone';

/**
 * @param {{ image: string, script: string, scratch: string, networks: readonly Network[] }} given
 * @returns {Promise<{ ways: Way[], end: () => Promise<unknown> }>}
 */
export async function prepareWays({ image, script, scratch, networks }) {
  makeImage(script, image);
  const plain = await dumpPlainly(script, scratch);
  const running = await startRunning(script);
  /** @type {Way[]} */
  const ways = [
    { id: SUBJECT, title: '**`clone`**', start: (count) => clones(image, count) },
    { id: 'cold', title: 'cold starts', start: async (count) => coldStarts(script, count) },
    {
      id: 'criu',
      title: '`criu restore`',
      start: async (count) => criuRestores(plain, scratch, networks.slice(0, count)),
    },
    {
      id: 'fork',
      title: '`fork` of a running service',
      most: 1,
      start: async () => alive(await fork(running.pid, { ...OPTIONS, directory: scratch })),
    },
  ];
  return { ways, end: () => ended(running.launcher) };
}

/** @type {import('../../dist/index.js').CloneOptions} */
const OPTIONS = { port: `${PORT.first}+`, stdio: 'ignore' };

/** @param {number} count */
const ports = (count) => Array.from({ length: count }, (_, index) => PORT.first + index);

/**
 * @param {number} port
 * @param {string} [host]
 */
async function answer(port, host = '127.0.0.1') {
  for (;;) {
    const response = await new Promise((resolve) => {
      const signal = AbortSignal.timeout(LIMIT_MS);
      get({ host, port, agent: false, signal }, resolve).on('error', () => resolve(null));
    });
    if (response) return response.resume();
    await sleep(RETRY_MS);
  }
}

/** @param {number} port */
async function warmUp(port) {
  for (let n = 0; n < WARM_REQUESTS; n++) await answer(port);
}

/**
 * @param {string} image
 * @param {number} count
 */
async function clones(image, count) {
  return alive(await clone(image, { ...OPTIONS, count }));
}

/**
 * @param {import('../../dist/index.js').Copies} copies
 * @returns {Started}
 */
function alive(copies) {
  return {
    answered: Promise.all(ports(copies.length).map((port) => answer(port))),
    pids: () => copies.map(({ pid }) => pid),
    end: async () => await copies[Symbol.asyncDispose](),
  };
}

/**
 * @param {string} script
 * @param {number} count
 * @returns {Started}
 */
function coldStarts(script, count) {
  const children = ports(count).map((port) => {
    const env = { ...process.env, PORT: String(port) };
    return spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  });
  return {
    // Asked when it says that it listens: who asks all the time takes the processor from others.
    answered: Promise.all(
      children.map(async ({ stdout }, index) => {
        await once(stdout, 'data');
        await answer(PORT.first + index);
      }),
    ),
    pids: () => children.map(({ pid }) => /** @type {number} */ (pid)),
    end: () => Promise.all(children.map((child) => ended(child))),
  };
}

/**
 * Each in a pid namespace of its own and a network that is there, for all have the same pids and
 * port.
 *
 * @param {{ criu: string, images: string }} plain
 * @param {string} scratch
 * @param {readonly Network[]} networks
 * @returns {Started}
 */
function criuRestores({ criu, images }, scratch, networks) {
  const made = networks.map(({ host, path }, index) => {
    const work = join(scratch, `work-${index}`);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    const namespaces = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const restore = [criu, 'restore', '-D', images, '-W', work, '-v1', '--pidfile', 'pid'];
    const command = [`--net=${path}`, ...namespaces, ...restore];
    return { host, pidfile: join(work, 'pid'), child: spawn('nsenter', command, QUIET) };
  });
  return {
    answered: Promise.all(
      made.map(async ({ host, pidfile }) => {
        while (!existsSync(pidfile)) await sleep(RETRY_MS);
        await answer(PORT.first, host);
      }),
    ),
    // unshare, which nsenter has become; CRIU; the service.
    pids: () => made.map(({ child }) => childOf(childOf(child.pid ?? 0))),
    end: () => Promise.all(made.map(({ child }) => ended(child, 'SIGKILL'))),
  };
}

/** @type {{ stdio: 'ignore' }} */
const QUIET = { stdio: 'ignore' };

/**
 * @param {string} script
 * @param {string} image
 */
function makeImage(script, image) {
  const warm = ['--warm', `http://127.0.0.1:${PORT.first}/`, '--warm-requests', `${WARM_REQUESTS}`];
  const command = ['checkpoint', '--images', image, ...warm, '--', process.execPath, script];
  const env = { ...process.env, PORT: String(PORT.first) };
  execFileSync(launcherPath(), command, { env, stdio: 'ignore' });
}

/**
 * @param {string} script
 * @param {string} scratch
 */
async function dumpPlainly(script, scratch) {
  const { path } = await criu();
  const images = join(scratch, 'plain');
  mkdirSync(images);
  const env = { ...process.env, PORT: String(PORT.first), HOST: '0.0.0.0' };
  const service = spawn(process.execPath, [script], { env, stdio: 'ignore', detached: true });
  await warmUp(PORT.first);
  await sleep(500); // The client's connection is gone by then.
  const dump = spawn(path, ['dump', '-t', String(service.pid), '-D', images, '-v1'], {
    stdio: 'inherit',
  });
  const [status] = await once(dump, 'exit');
  if (status !== 0) throw new Error('criu dump failed');
  return { criu: path, images };
}

/** @param {string} script */
async function startRunning(script) {
  const env = { ...process.env, PORT: String(PORT.forked) };
  const command = ['run', '--', process.execPath, script];
  const launcher = spawn(launcherPath(), command, { env, stdio: 'ignore' });
  await warmUp(PORT.forked);
  return { launcher, pid: childOf(launcher.pid ?? 0) };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** @param {number} pid */
function childOf(pid) {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}
