import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';
import type { ImageKind } from './trial.js';
import type { Workload } from './workload.js';

/** A workload that was started, warmed up and checkpointed by our own command. */
export interface Image {
  readonly directory: string;
  /** File with what our launcher tells a copy when it wakes, for trials without our launcher. */
  readonly frame: string;
  readonly channelInode: number;
  readonly bytes: number;
}

/** Options of `tubthump checkpoint`. */
const MADE_WITH: Readonly<Record<ImageKind, readonly string[]>> = {
  eager: ['--engine', 'eager'],
  map: ['--engine', 'map'],
  traced: ['--engine', 'map', '--working-set'],
};

/**
 * @param port on which the service is to answer
 * @throws TubthumpError ERR_TUBTHUMP_BENCH with what the command wrote
 */
export async function makeImage(
  workload: Workload,
  kind: ImageKind,
  port: number,
  scratch: string,
): Promise<Image> {
  const directory = join(scratch, `image-${kind}`);
  const url = `http://127.0.0.1:${port}${workload.path}`;
  const args = [
    ...['checkpoint', '--images', directory, ...MADE_WITH[kind], '--timeout', '600'],
    ...['--ready-timeout', '600', '--warm', url, '--warm-requests', `${workload.warmRequests}`],
    ...['--', ...workload.command],
  ];
  const env = { ...process.env, ...workload.environment, ...portVariable(workload, port) };
  try {
    await promisify(execFile)(launcherPath(), args, { env, maxBuffer: 1 << 26 });
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new TubthumpError('ERR_TUBTHUMP_BENCH', `no image of ${workload.title}: ${said}`, {
      cause,
    });
  }
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as Manifest;
  const frame = join(scratch, `frame-${kind}`);
  await writeFile(frame, restoredFrame(manifest));
  return { directory, frame, channelInode: manifest.channel.inode, bytes: manifest.bytes };
}

/** PORT, for a workload that takes it. */
export function portVariable(workload: Workload, port: number): Record<string, string> {
  return workload.port === null ? { PORT: String(port) } : {};
}

/** A port of the loopback that nobody had a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

interface Manifest {
  readonly id: string;
  readonly generation: number;
  readonly createdAt: number;
  readonly bytes: number;
  readonly channel: { readonly inode: number };
}

/** The frame that native/core/restore/payload.cpp makes: length in 4 bytes, JSON. */
function restoredFrame({ id, generation, createdAt }: Manifest): Buffer {
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
