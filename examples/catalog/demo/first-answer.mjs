// @ts-check
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';

const LIMIT_MS = 120_000;

/**
 * Asks without a pause until the first good answer.
 *
 * @param {import('./running.mjs').Running} running
 * @param {number} port
 * @param {string} path
 * @returns {Promise<number>} time since the process was started, in ms
 * @throws {import('./problem.mjs').Problem} when the process ends, or does not answer in time
 */
export async function firstAnswer(running, port, path) {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;
  for (;;) {
    const status = await ask(port, request);
    if (status === '200') return running.age;
    if (status) throw running.problem(`answered ${path} with status ${status}`);
    running.assertRunning();
    if (running.age > LIMIT_MS) throw running.problem(`did not answer within ${LIMIT_MS / 1000} s`);
    // Lets the end of the process be noticed.
    await setImmediate();
  }
}

/**
 * A bare socket: an HTTP client would cost more than what is measured.
 *
 * @param {number} port
 * @param {string} request
 * @returns {Promise<string>} the status, '' without an answer
 */
function ask(port, request) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('data', (head) => {
      socket.destroy();
      resolve(head.toString('latin1', 9, 12));
    });
    socket.once('error', () => resolve(''));
    socket.once('close', () => resolve(''));
  });
}
