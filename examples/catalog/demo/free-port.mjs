// @ts-check
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const LOWEST = 10_000;

/**
 * Finds a port that stays free between two copies: one below the range from which the kernel takes
 * the ports of outgoing connections. Polling a port of that range can even connect to itself
 * (TCP's simultaneous open), and then the service cannot listen.
 */
export async function freePort() {
  const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
  const highest = Number.parseInt(range, 10);
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * Math.max(1, highest - LOWEST));
    if (await isFree(port)) return port;
  }
}

/** @param {number} port */
async function isFree(port) {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
