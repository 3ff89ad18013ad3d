// @ts-check
// Load in waves, from nothing to a burst and back; every request is sent when it is due, whether or
// not those before it are answered.
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Requests a second, each for so many ms. */
export const WAVES = [
  { rate: 20, ms: 1000 },
  { rate: 120, ms: 1500 },
  { rate: 0, ms: 1500 },
  { rate: 120, ms: 1000 },
  { rate: 10, ms: 500 },
];

/**
 * @param {number} port
 * @param {readonly { rate: number, ms: number }[]} waves
 * @returns {Promise<{ at: number, latency: number }[]>} in ms, from the start
 */
export async function load(port, waves = WAVES) {
  const start = performance.now();
  const due = times(waves);
  return await Promise.all(
    due.map(async (at) => {
      await sleep(at);
      await ask(port);
      // From when it was due: a sender that is late does not hide what is slow.
      return { at, latency: performance.now() - start - at };
    }),
  );
}

/** @param {readonly { rate: number, ms: number }[]} waves */
function times(waves) {
  const due = [];
  let begin = 0;
  for (const { rate, ms } of waves) {
    const count = Math.round((rate * ms) / 1000);
    for (let n = 0; n < count; n++) due.push(begin + (n * ms) / count);
    begin += ms;
  }
  return due;
}

/** @param {number} port */
function ask(port) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response
        .resume()
        .on('end', () =>
          response.statusCode === 200 ? resolve(undefined) : reject(new Error('no answer')),
        );
    }).on('error', reject);
  });
}
