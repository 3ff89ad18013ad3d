// @ts-check
// A product catalogue with all its data in memory. It knows nothing of tubthump.
//
//   PORT, HOST         where it listens (3000, 127.0.0.1)
//   CATALOG_PRODUCTS   size of the catalogue (3000): some 10 kB of heap each
//   LOG_LEVEL          of pino (info)
import { buildApp } from './app.mjs';

const { PORT, HOST, CATALOG_PRODUCTS, LOG_LEVEL } = process.env;

const products = Number(CATALOG_PRODUCTS ?? 3000);
if (!Number.isInteger(products) || products < 1) {
  throw new Error(`CATALOG_PRODUCTS takes a positive whole number, not ${CATALOG_PRODUCTS}`);
}

const app = await buildApp({
  products,
  logLevel: LOG_LEVEL ?? 'info',
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => app.close());
await app.listen({ port: Number(PORT ?? 3000), host: HOST ?? '127.0.0.1' });
