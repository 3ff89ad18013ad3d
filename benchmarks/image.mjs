// @ts-check
// An image to restore: a workload that was started, warmed up and checkpointed by our own command.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LAUNCHER, node } from './programs.mjs';
import { IMAGE_NODE } from './trials.mjs';

/**
 * `frame` is a file with what our launcher tells a copy when it wakes, for rows without launcher.
 *
 * @typedef {{
 *   directory: string,
 *   frame: string,
 *   port: number,
 *   pid: number,
 *   channelInode: number,
 *   bytes: number,
 * }} Image
 */

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {import('./trials.mjs').Engine} engine
 * @param {string} scratch
 * @returns {Promise<Image>}
 */
export async function makeImage(workload, engine, scratch) {
  const name = `${workload.id}-${engine}`;
  const directory = join(scratch, `image-${name}`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${workload.path}`;
  const service = [node(IMAGE_NODE), ...workload.script];
  await promisify(execFile)(
    LAUNCHER,
    ['checkpoint', '--images', directory, '--engine', engine, '--warm', url, '--', ...service],
    { env: { ...process.env, ...workload.environment, PORT: String(port) } },
  );
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const frame = join(scratch, `frame-${name}`);
  writeFileSync(frame, restoredFrame(manifest));
  const { pid, bytes } = manifest;
  return { directory, frame, port, pid, channelInode: manifest.channel.inode, bytes };
}

/**
 * The frame that native/core/restore/payload.cpp makes: length in 4 bytes, JSON.
 *
 * @param {{ id: string, generation: number, createdAt: number }} manifest
 */
function restoredFrame({ id, generation, createdAt }) {
  const json = JSON.stringify({
    status: 'restored',
    imageId: id,
    generation: generation + 1,
    checkpointedAt: createdAt,
    cloneId: '00000000-0000-4000-8000-000000000000',
    environment: process.env,
    args: [],
    strict: false,
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(json));
  return Buffer.concat([length, Buffer.from(json)]);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
