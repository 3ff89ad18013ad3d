import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RestoreInfo } from '../context/index.js';
import type { CheckpointOptions } from '../core/options.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import { hasEnded, socketOf } from './location.js';
import { clearMarker, isMarked } from './marker.js';
import {
  type ControlReply,
  type ControlRequest,
  REQUEST_LABEL,
  type ServiceStatus,
} from './protocol.js';

const POLL_MS = 5;
const WAKING_MS = 1000;

/** How a checkpoint that was asked for from outside ended. */
export type CheckpointResult =
  | { readonly service: 'running'; readonly info: RestoreInfo }
  /** The dump ended the service, as asked; its image is there. */
  | { readonly service: 'ended' };

/** All that is known of a service whose control socket is closed, as it must be for the dump. */
export interface Checkpointing {
  readonly pid: number;
  readonly state: 'checkpointing';
}

/** @throws TubthumpError ERR_TUBTHUMP_CONTROL when no service of ours has this pid */
export async function askStatus(pid: number): Promise<ServiceStatus> {
  const reply = await ask(pid, { operation: 'status' });
  if (reply.reply === 'status') return reply.status;
  throw unexpected(reply);
}

/** The same while the service is being checkpointed and cannot answer. */
export async function askState(pid: number): Promise<ServiceStatus | Checkpointing> {
  if (isCheckpointing(pid)) return { pid, state: 'checkpointing' };
  try {
    return await askStatus(pid);
  } catch (error) {
    if (isCheckpointing(pid)) return { pid, state: 'checkpointing' };
    if ((error as TubthumpError).code !== 'ERR_TUBTHUMP_CONTROL') throw error;
    return await askStatus(pid); // It may have come back in between.
  }
}

function isCheckpointing(pid: number): boolean {
  const socket = socketOf(pid);
  return socket !== undefined && !existsSync(socket) && !hasEnded(pid) && isMarked(socket, pid);
}

/**
 * What the random generators of a service give next, by their names.
 * @throws TubthumpError ERR_TUBTHUMP_CONTROL when no service of ours has this pid
 */
export async function askRandomness(pid: number): Promise<Readonly<Record<string, string>>> {
  const reply = await ask(pid, { operation: 'randomness' });
  if (reply.reply === 'randomness') return reply.numbers;
  throw unexpected(reply);
}

/**
 * Makes a running service checkpoint itself.
 * @throws TubthumpError with the service's code when it refused; the service goes on then.
 *   ERR_TUBTHUMP_SERVICE_ENDED when it died without an image.
 */
export async function askCheckpoint(
  pid: number,
  options: CheckpointOptions & { readonly images: string },
): Promise<CheckpointResult> {
  const id = randomUUID();
  const socket = socketOf(pid);
  await ask(pid, { operation: 'checkpoint', id, options });
  for (;;) {
    if (hasEnded(pid)) {
      if (socket) clearMarker(socket); // It cannot do so itself.
      return await afterEnd(pid, options.images, id);
    }
    const reply = await askResult(pid, id);
    if (reply?.reply === 'done') return { service: 'running', info: reply.info };
    if (reply?.reply === 'failed') {
      throw new TubthumpError(reply.code as ErrorCode, reply.message);
    }
    await sleep(POLL_MS);
  }
}

/**
 * undefined: it is being checkpointed, or has ended.
 * @throws TubthumpError ERR_TUBTHUMP_CONTROL when it goes on and can be reached no more
 */
async function askResult(pid: number, id: string): Promise<ControlReply | undefined> {
  try {
    return await ask(pid, { operation: 'result', id });
  } catch {
    if (isCheckpointing(pid) || hasEnded(pid)) return undefined;
  }
  try {
    return await ask(pid, { operation: 'result', id }); // It may have come back in between.
  } catch (error) {
    if (hasEnded(pid)) return undefined;
    throw error;
  }
}

/** Whether the image in this directory is the one that was asked for with this id. */
export async function isMadeFor(id: string, images: string): Promise<boolean> {
  const manifest = await readFile(`${images}/manifest.json`, 'utf8').catch(() => undefined);
  if (!manifest) return false;
  const { labels } = JSON.parse(manifest) as { labels?: Record<string, string> };
  return labels?.[REQUEST_LABEL] === id;
}

async function afterEnd(pid: number, images: string, id: string): Promise<CheckpointResult> {
  if (await isMadeFor(id, images)) return { service: 'ended' };
  throw new TubthumpError(
    'ERR_TUBTHUMP_SERVICE_ENDED',
    `process ${pid} ended during its checkpoint, and there is no image of it`,
  );
}

async function ask(pid: number, request: ControlRequest): Promise<ControlReply> {
  const path = socketOf(pid);
  if (!path) throw new TubthumpError('ERR_TUBTHUMP_CONTROL', `there is no process ${pid}`);
  try {
    const connection = await connect(path, pid);
    connection.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(await text(connection)) as ControlReply;
  } catch (cause) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_CONTROL',
      `process ${pid} does not answer at ${path}: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * A service that just woke may answer requests some ms before its control socket is there again;
 * until then there is none, or that of a process that had its pid before.
 */
async function connect(path: string, pid: number): Promise<Socket> {
  for (let waited = 0; ; waited += POLL_MS) {
    const connection = createConnection(path);
    try {
      await once(connection, 'connect');
      return connection;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const mayCome = code === 'ENOENT' || code === 'ECONNREFUSED';
      if (!mayCome || waited >= WAKING_MS || hasEnded(pid)) throw error;
    }
    await sleep(POLL_MS);
  }
}

function unexpected(reply: ControlReply): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_CONTROL', `unexpected reply: ${JSON.stringify(reply)}`);
}
