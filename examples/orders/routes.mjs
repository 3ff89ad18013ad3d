// @ts-check
import { json } from 'node:stream/consumers';

/**
 * `POST /orders`, `GET /orders/ID` and `GET /state`.
 *
 * @param {import('./orders.mjs').Orders} orders
 * @returns {import('node:http').RequestListener}
 */
export function answerWith(orders) {
  return async (request, response) => {
    const send = (/** @type {number} */ status, /** @type {unknown} */ body) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      const { method, url = '' } = request;
      const order = /^\/orders\/([\da-f-]{36})$/.exec(url)?.[1];
      if (method === 'POST' && url === '/orders') {
        send(201, await orders.accept(/** @type {any} */ (await json(request))));
      } else if (order) {
        const found = await orders.find(order);
        send(found ? 200 : 404, found ?? { message: `no order ${order}` });
      } else if (url === '/state') send(200, await orders.state());
      else send(404, { message: `no route ${method} ${url}` });
    } catch (error) {
      send(500, { message: /** @type {Error} */ (error).message });
    }
  };
}
