// @ts-check
// Ways to have many of one service. A new way is a new object.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clone } from '../../dist/index.js';
import { criu } from '../programs.mjs';

const FIRST_PORT = 22_000;
const RETRY_MS = 2;

/**
 * `pids` are the services, `roots` the processes that everything is below. `answered` resolves when
 * the last of them has answered.
 *
 * @typedef {{
 *   answered: Promise<unknown>,
 *   pids: () => number[],
 *   roots: () => number[],
 *   end: () => Promise<unknown>,
 * }} Started
 * @typedef {{ title: string, start: (count: number) => Promise<Started> }} Way
 */

/**
 * @param {{ image: string, script: string, scratch: string }} given
 * @returns {Promise<Way[]>}
 */
export async function prepareWays({ image, script, scratch }) {
  const plain = await dumpPlainly(script, scratch);
  return [
    { title: '**`clone`**', start: (count) => clones(image, count) },
    { title: 'cold starts', start: async (count) => coldStarts(script, count) },
    {
      title: '`criu restore`, until it has returned',
      start: async (count) => criuRestores(plain, scratch, count),
    },
  ];
}

/** @param {number} count */
const ports = (count) => Array.from({ length: count }, (_, index) => FIRST_PORT + index);

/** @param {number} port */
async function answer(port) {
  for (;;) {
    const response = await new Promise((resolve) => {
      get({ host: '127.0.0.1', port, agent: false }, resolve).on('error', () => resolve(null));
    });
    if (response) return response.resume();
    await sleep(RETRY_MS);
  }
}

/**
 * @param {string} image
 * @param {number} count
 * @returns {Promise<Started>}
 */
async function clones(image, count) {
  const copies = await clone(image, { count, port: `${FIRST_PORT}+`, stdio: 'ignore' });
  const [first] = copies;
  return {
    answered: Promise.all(ports(count).map(answer)),
    pids: () => copies.map(({ pid }) => pid),
    // The launcher, whose children the inits are.
    roots: () => [parentOf(parentOf(first?.pid ?? 0))],
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
    return spawn(process.execPath, [script], { env, stdio: 'ignore' });
  });
  const pids = () => children.map(({ pid }) => /** @type {number} */ (pid));
  return {
    answered: Promise.all(ports(count).map(answer)),
    pids,
    roots: pids,
    end: () => Promise.all(children.map((child) => ended(child))),
  };
}

/**
 * Each in pid and network namespaces of its own, for all have the same pids and port; nobody asks
 * them, so the figure is less than that of the others.
 *
 * @param {{ criu: string, images: string }} plain
 * @param {string} scratch
 * @param {number} count
 * @returns {Started}
 */
function criuRestores({ criu, images }, scratch, count) {
  const made = ports(count).map((port) => {
    const work = join(scratch, `work-${port}`);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    const namespaces = ['--pid', '--net', '--fork', '--kill-child', '--mount-proc'];
    const restore = [criu, 'restore', '-D', images, '-W', work, '-v1', '--pidfile', 'pid'];
    const child = spawn('unshare', [...namespaces, ...restore], { stdio: 'ignore' });
    return { child, file: join(work, 'pid') };
  });
  const roots = () => made.map(({ child }) => /** @type {number} */ (child.pid));
  return {
    answered: Promise.all(made.map(({ file }) => appears(file))),
    // unshare, CRIU, the service.
    pids: () => roots().map((pid) => childOf(childOf(pid))),
    roots,
    end: () => Promise.all(made.map(({ child }) => ended(child, 'SIGKILL'))),
  };
}

/**
 * @param {string} script
 * @param {string} scratch
 */
async function dumpPlainly(script, scratch) {
  const { path } = await criu();
  const images = join(scratch, 'plain');
  mkdirSync(images);
  const env = { ...process.env, PORT: String(FIRST_PORT) };
  const service = spawn(process.execPath, [script], { env, stdio: 'ignore', detached: true });
  await answer(FIRST_PORT);
  await sleep(500); // The client's connection is gone by then.
  const dump = spawn(path, ['dump', '-t', String(service.pid), '-D', images, '-v1'], {
    stdio: 'inherit',
  });
  const [status] = await once(dump, 'exit');
  if (status !== 0) throw new Error('criu dump failed');
  return { criu: path, images };
}

/** @param {string} file */
async function appears(file) {
  while (!existsSync(file)) await sleep(RETRY_MS);
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
function parentOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** @param {number} pid */
function childOf(pid) {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}
