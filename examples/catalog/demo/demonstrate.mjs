// @ts-check
import { fileURLToPath } from 'node:url';
import { judge } from './claims.mjs';
import { Client } from './client.mjs';
import { firstAnswer } from './first-answer.mjs';
import { bytes, duration } from './format.mjs';
import { freePort } from './free-port.mjs';
import { observe } from './observation.mjs';
import { summarize } from './statistics.mjs';
import { makeImage, tubthump } from './tubthump.mjs';
import { warmUp } from './warm-up.mjs';

const SERVER = fileURLToPath(new URL('../server.mjs', import.meta.url));
const FIRST_REQUEST = '/products/1';

/**
 * @typedef {Awaited<ReturnType<typeof demonstrate>>} Result
 *
 * @typedef {object} Setting
 * @property {string} images directory of the image
 * @property {import('./processes.mjs').Processes} processes
 * @property {import('./progress.mjs').Progress} progress
 */

/**
 * The whole path. A copy has the pid of the original, so there is one process of the service at a time.
 *
 * @param {import('./options.mjs').Options & Setting} options
 */
export async function demonstrate(options) {
  const { processes, progress, images, node } = options;
  const port = await freePort();
  const command = [node, SERVER];
  const environment = { PORT: String(port) };

  progress.begin('cold start to first answer');
  const coldStart = await repeat(options.coldStarts, progress, async () => {
    const service = processes.start(command, environment);
    const took = await firstAnswer(service, port, FIRST_REQUEST);
    await service.end();
    return took;
  });
  progress.done(duration(coldStart.medianMs), spread(coldStart));

  progress.begin('warm-up');
  const service = processes.start(tubthump('run', '--', ...command), environment);
  await firstAnswer(service, port, FIRST_REQUEST);
  const client = new Client(service, port);
  const { products, pid } = await client.ask('/state');
  const { requests } = options;
  const warm = await warmUp(client, {
    requests,
    products,
    update: (text) => progress.update(text),
  });
  const cart = await client.ask('/carts', { items: [{ productId: 1, quantity: 3 }] });
  const before = await observe(client, cart.id);
  client.close(); // A copy could not go on with connections of the original.
  progress.done(
    duration(warm.durationMs),
    `${requests} requests: ${duration(warm.firstMs)} each at first, ${duration(warm.lastMs)} at last`,
  );

  progress.begin('checkpoint');
  const checkpoint = await makeImage({ processes, service, pid, images });
  progress.done(duration(checkpoint.durationMs), `${bytes(checkpoint.imageBytes)} image`);

  progress.begin('restore to first answer');
  /** @type {import('./observation.mjs').Observation[]} */
  const copies = [];
  const restore = await repeat(options.restores, progress, async () => {
    const copy = processes.start(tubthump('restore', images));
    const took = await firstAnswer(copy, port, FIRST_REQUEST);
    const client = new Client(copy, port);
    copies.push(await observe(client, cart.id));
    client.close();
    await copy.end();
    return took;
  });
  progress.done(duration(restore.medianMs), spread(restore));

  const ratio = coldStart.medianMs / restore.medianMs;
  const claims = judge(before, copies);
  return { coldStart, warmUp: warm, checkpoint, restore, ratio, claims, before, copies };
}

/**
 * @param {number} times
 * @param {import('./progress.mjs').Progress} progress
 * @param {() => Promise<number>} measure in ms
 */
async function repeat(times, progress, measure) {
  const samples = [];
  while (samples.length < times) {
    progress.update(`${samples.length + 1} of ${times}`);
    samples.push(await measure());
  }
  return summarize(samples);
}

/** @param {import('./statistics.mjs').Summary} summary */
function spread({ samplesMs, minMs, maxMs }) {
  const range = `${duration(minMs)} to ${duration(maxMs)}`;
  return samplesMs.length === 1 ? 'once' : `median of ${samplesMs.length}, ${range}`;
}
