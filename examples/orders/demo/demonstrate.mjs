// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '../../catalog/demo/client.mjs';
import { firstAnswer } from '../../catalog/demo/first-answer.mjs';
import { bytes, duration } from '../../catalog/demo/format.mjs';
import { freePort } from '../../catalog/demo/free-port.mjs';
import { makeImage, tubthump } from '../../catalog/demo/tubthump.mjs';
import { judge } from './claims.mjs';
import { Customers } from './customers.mjs';
import { startPostgresql } from './postgresql.mjs';

const SERVER = fileURLToPath(new URL('../server.mjs', import.meta.url));
const CUSTOMERS = 8;

/** @typedef {Awaited<ReturnType<typeof demonstrate>>} Result */

/**
 * The whole path, while customers order without a pause: checkpoint of the service, which goes on; its
 * end; a copy of it that takes over.
 *
 * @param {object} options
 * @param {number} options.orders that are seen acknowledged in each part
 * @param {string} options.directory temporary
 * @param {import('../../catalog/demo/processes.mjs').Processes} options.processes
 * @param {import('../../catalog/demo/progress.mjs').Progress} options.progress
 */
export async function demonstrate({ orders, directory, processes, progress }) {
  const images = join(directory, 'image');
  const port = await freePort();

  progress.begin('PostgreSQL');
  const database = { directory: join(directory, 'database'), port: await freePort() };
  const { version, environment } = await startPostgresql({ processes, ...database });
  progress.done('started', version);

  progress.begin('start to first answer');
  const command = tubthump('run', '--', process.execPath, SERVER);
  const service = processes.start(command, { ...environment, PORT: `${port}` });
  const startMs = await firstAnswer(service, port, '/state');
  progress.done(duration(startMs), 'once');

  progress.begin('orders');
  const customers = new Customers(port, CUSTOMERS);
  const counts = () => ({ ...customers.count });
  try {
    await customers.see(orders, service);
    const before = await ask(service, port);
    progress.done(`${counts().acknowledged}`, `over ${CUSTOMERS} connections that are kept alive`);

    progress.begin('checkpoint meanwhile');
    customers.count.longestMs = 0;
    const checkpoint = await makeImage({
      processes,
      service,
      pid: before.pid,
      images,
      leaveRunning: true,
    });
    await customers.see(orders, service);
    const resumed = await ask(service, port);
    const during = counts();
    progress.done(
      duration(checkpoint.durationMs),
      `${bytes(checkpoint.imageBytes)} image, longest wait ${duration(during.longestMs)}, ` +
        `${during.refused} refused`,
    );

    progress.begin('restore to first answer');
    await service.end();
    // A copy has the environment of its restore, and so the database that this one names.
    const copy = processes.start(tubthump('restore', images), environment);
    const restoreMs = await firstAnswer(copy, port, '/state');
    await customers.see(orders, copy);
    await customers.leave();
    const restored = await ask(copy, port);
    progress.done(duration(restoreMs), 'the service was ended in between');

    const end = counts();
    const claims = judge({ before, resumed, restored, during, end });
    return { startMs, checkpoint, restoreMs, during, end, claims };
  } finally {
    await customers.giveUp();
  }
}

/**
 * @param {import('../../catalog/demo/running.mjs').Running} service
 * @param {number} port
 */
async function ask(service, port) {
  const client = new Client(service, port);
  try {
    return await client.ask('/state');
  } finally {
    client.close();
  }
}
