// @ts-check
// Takes orders and keeps them in PostgreSQL.
//
//   PORT, HOST           where it listens (3000, 127.0.0.1)
//   PGHOST, PGPORT, …    the database, as pg reads them
import 'tubthump/adapters/pg'; // The one line: everything below knows nothing of tubthump.
import { createServer } from 'node:http';
import pg from 'pg';
import { ordersOf } from './orders.mjs';
import { answerWith } from './routes.mjs';

const { PORT, HOST } = process.env;

const pool = new pg.Pool({ max: 4 });
const orders = await ordersOf(pool);
const server = createServer(answerWith(orders));

server.listen(Number(PORT ?? 3000), HOST ?? '127.0.0.1', () => {
  console.log(
    `listening on ${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
  );
});
