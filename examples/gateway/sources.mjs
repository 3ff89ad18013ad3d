// @ts-check
// Two ways to get one more service: a copy that is parked already, or a start from nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {import('tubthump').Pool} pool whose copy n listens on `port` + n - 1
 * @param {number} port
 * @returns {import('./gateway.mjs').Source}
 */
export function parked(pool, port) {
  return {
    async take() {
      const copy = await pool.take();
      return {
        port: port + copy.number - 1,
        exited: copy.exited,
        end: () => copy[Symbol.asyncDispose](),
      };
    },
  };
}

/**
 * @param {string} script
 * @param {number} port of the first one; the next ones count on
 * @returns {import('./gateway.mjs').Source}
 */
export function cold(script, port) {
  let next = port;
  return {
    async take() {
      const mine = next++;
      const env = { ...process.env, PORT: String(mine) };
      const child = spawn(process.execPath, [script], { env, stdio: 'ignore' });
      await listening(mine);
      return { port: mine, exited: once(child, 'exit'), end: () => child.kill() };
    },
  };
}

/** @param {number} port */
async function listening(port) {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1');
    const is = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (is) return;
    await sleep(5);
  }
}
