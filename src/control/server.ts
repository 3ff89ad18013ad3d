import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Core } from '../core/default.js';
import { HINTS, TubthumpError } from '../errors/index.js';
import { PACKAGE_VERSION } from '../native/package.js';
import { removeSocket } from '../process/special-files.js';
import { isAllowed } from './caller.js';
import { ownSocket } from './location.js';
import {
  type ControlReply,
  type ControlRequest,
  REQUEST_LABEL,
  type ServiceStatus,
} from './protocol.js';
import { howStarted } from './start.js';

let server: Server | undefined;
const clients = new Set<Socket>();
/** Of checkpoints that were asked for here, by the id of the request. */
const results = new Map<string, ControlReply>();

/**
 * Listens on this process's control socket. Whoever may open it can make an image of the process,
 * so directory and socket are its user's alone. Never keeps the process alive.
 */
export async function openControl(): Promise<void> {
  if (server) return;
  const path = ownSocket();
  makePrivateDirectory(dirname(path));
  removeSocket(path); // Of an earlier process with our pid.
  const opened = createServer(serve).unref();
  server = opened;
  await new Promise<void>((resolve, reject) => {
    opened.once('error', reject).listen(path, resolve);
  });
  chmodSync(path, 0o600);
}

export function isControlOpen(): boolean {
  return server !== undefined;
}

/** Stops listening and removes the socket. Open connections end: none may be in an image. */
export async function closeControl(): Promise<void> {
  const closing = server;
  server = undefined;
  if (!closing) return;
  const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
  for (const client of clients) client.destroy();
  await closed;
}

function makePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(path);
  if (uid === process.getuid?.() && (mode & 0o077) === 0) return;
  throw new TubthumpError(
    'ERR_TUBTHUMP_CONTROL',
    `${path} is not a directory of this user alone (mode 0700), but of user ${uid}, mode 0${(mode & 0o7777).toString(8)}`,
  );
}

function serve(client: Socket): void {
  if (!isAllowed(client)) {
    client.destroy();
    return;
  }
  clients.add(client.unref());
  client.on('close', () => clients.delete(client)).on('error', () => client.destroy());
  const reply = (message: ControlReply) => {
    if (client.writable) client.write(`${JSON.stringify(message)}\n`);
  };
  createInterface({ input: client }).once('line', (line) => {
    answer(line, reply).then(
      () => client.end(),
      (error) => {
        reply(failure(error));
        client.end();
      },
    );
  });
}

async function answer(line: string, reply: (message: ControlReply) => void): Promise<void> {
  const request = JSON.parse(line) as ControlRequest;
  switch (request.operation) {
    case 'status':
      return reply({ reply: 'status', status: status() });
    case 'randomness': {
      // Hooks that seed the application's own generators are not through yet.
      if (Core.status().state === 'checkpointing') return reply({ reply: 'pending' });
      const { draw } = await import('../randomness/draw.js');
      return reply({ reply: 'randomness', numbers: await draw() });
    }
    case 'result':
      return reply(results.get(request.id) ?? { reply: 'pending' });
    case 'checkpoint':
      reply({ reply: 'pending' });
      results.set(request.id, await checkpoint(request));
  }
}

async function checkpoint({ id, options }: ControlRequest & { operation: 'checkpoint' }) {
  const labels = { ...options.labels, [REQUEST_LABEL]: id };
  try {
    const info = await Core.checkpointRestore({ ...options, labels });
    return { reply: 'done', info } as const;
  } catch (error) {
    return failure(error);
  }
}

function status(): ServiceStatus {
  const active = (process as { getActiveResourcesInfo?(): string[] }).getActiveResourcesInfo?.();
  const core = Core.status();
  return {
    ...core,
    ...howStarted(core.generation),
    pid: process.pid,
    listening: active?.includes('TCPServerWrap') ?? false,
    uptimeSeconds: process.uptime(),
    versions: { node: process.versions.node, tubthump: PACKAGE_VERSION },
  };
}

function failure(error: unknown): ControlReply {
  const { code, message } = error as { code?: string; message?: string };
  const known = code !== undefined && code in HINTS;
  return {
    reply: 'failed',
    code: known ? code : 'ERR_TUBTHUMP_CONTROL',
    message: message ?? String(error),
    hint: known ? HINTS[code as keyof typeof HINTS] : HINTS.ERR_TUBTHUMP_CONTROL,
  };
}
