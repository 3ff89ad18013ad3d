// @ts-check
import { fileURLToPath } from 'node:url';
import view from '@fastify/view';
import { Eta } from 'eta';
import Fastify, { LogController } from 'fastify';
import { Carts } from './carts.mjs';
import { Catalog } from './data/catalog.mjs';
import { exportLines } from './data/export.mjs';
import { cartRoutes } from './routes/carts.mjs';
import { pageRoutes } from './routes/pages.mjs';
import { productRoutes } from './routes/products.mjs';
import { searchRoutes } from './routes/search.mjs';
import { stateRoutes } from './routes/state.mjs';

/**
 * What the routes work on.
 *
 * @typedef {{ catalog: Catalog, carts: Carts, counters: { requests: number }, startedAt: string }} Shop
 */

/**
 * Loads the catalogue and builds the service, which does not listen yet.
 *
 * @param {{ products: number, logLevel?: string }} options
 */
export async function buildApp({ products, logLevel = 'info' }) {
  /** @type {Shop} */
  const shop = {
    catalog: new Catalog(exportLines(products)),
    carts: new Carts(),
    counters: { requests: 0 },
    startedAt: new Date().toISOString(),
  };

  const app = Fastify({
    logger: { level: logLevel },
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.addHook('onRequest', async () => {
    shop.counters.requests++;
  });
  await app.register(view, {
    engine: { eta: new Eta() },
    root: fileURLToPath(new URL('views', import.meta.url)),
    layout: 'layout.eta',
    production: true,
  });
  for (const routes of [productRoutes, searchRoutes, pageRoutes, cartRoutes, stateRoutes]) {
    await app.register(routes, shop);
  }
  app.log.info({ products }, 'catalogue loaded');
  return app;
}
