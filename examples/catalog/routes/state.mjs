// @ts-check
import { randomBytes, randomUUID } from 'node:crypto';

/**
 * What the process holds in memory, and what it draws anew for every request.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../app.mjs').Shop} shop
 */
export async function stateRoutes(app, { catalog, carts, counters, startedAt }) {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/state', async () => ({
    startedAt,
    requests: counters.requests,
    carts: carts.size,
    products: catalog.size,
    checksum: catalog.checksum(),
    node: process.version,
    pid: process.pid,
    memory: process.memoryUsage.rss(),
  }));

  app.get('/session', async () => ({
    id: randomUUID(),
    token: randomBytes(16).toString('hex'),
    lottery: Math.random(),
  }));
}
