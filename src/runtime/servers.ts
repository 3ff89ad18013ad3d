import { globalAgent as httpAgent } from 'node:http';
import { globalAgent as httpsAgent } from 'node:https';
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuntimeStep } from '../core/runtime-step.js';
import { isHttp, listeningServers, trackServers } from './track-servers.js';

/** How long requests in flight may take to finish, in ms. */
const GRACE_MS = 5_000;
const POLL_MS = 5;

trackServers();

/**
 * Established connections cannot be in an image. Idle keep-alive ones are closed, requests in
 * flight get a grace; CRIU restores the listening sockets as they are.
 */
export const servers: RuntimeStep = {
  name: 'servers',
  async quiesce() {
    httpAgent.destroy();
    httpsAgent.destroy();
    const until = performance.now() + GRACE_MS;
    for (const server of listeningServers()) await closeConnections(server, until);
  },
};

/** What is left after the grace is for the descriptor check to name. */
async function closeConnections(server: Server, until: number): Promise<void> {
  while (performance.now() < until) {
    if (isHttp(server)) server.closeIdleConnections();
    if ((await connectionsOf(server)) === 0) return;
    await sleep(POLL_MS);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error ? 0 : count));
  });
}
