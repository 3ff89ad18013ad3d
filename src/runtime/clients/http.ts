import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { usedAgents } from './track.js';

const POLL_MS = 5;

/**
 * Ends idle connections of all agents, and those in use as they become idle, until `deadline`.
 * @param cut whether those that are in use then are ended as well
 */
export async function dropHttpConnections(deadline: number, cut: boolean): Promise<void> {
  for (;;) {
    const agents = usedAgents();
    for (const agent of agents) dropIdle(agent);
    if (agents.every(isUnused) || performance.now() >= deadline) break;
    await sleep(POLL_MS);
  }
  if (cut) for (const agent of usedAgents()) agent.destroy();
  // The descriptors of destroyed sockets are closed by the loop's next round.
  await sleep(1);
}

/** Not `destroy()`, which would break requests in flight. */
function dropIdle(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

function isUnused(agent: Agent): boolean {
  return Object.keys(agent.sockets).length === 0 && Object.keys(agent.freeSockets).length === 0;
}
