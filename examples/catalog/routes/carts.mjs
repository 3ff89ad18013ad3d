// @ts-check
import { badRequest, notFound } from './problems.mjs';

const items = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: {
    type: 'object',
    properties: {
      productId: { type: 'integer', minimum: 1 },
      quantity: { type: 'integer', minimum: 1, maximum: 99 },
    },
    required: ['productId', 'quantity'],
    additionalProperties: false,
  },
};

const body = { type: 'object', properties: { items }, required: ['items'] };

const params = {
  type: 'object',
  properties: { id: { type: 'string', pattern: '^[0-9a-f-]{36}$' } },
  required: ['id'],
};

const cart = {
  type: 'object',
  properties: { id: { type: 'string' }, items, total: { type: 'integer' } },
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../app.mjs').Shop} shop
 */
export async function cartRoutes(app, { catalog, carts }) {
  app.post('/carts', { schema: { body, response: { 201: cart } } }, async (request, reply) => {
    const { items } = /** @type {{ items: import('../carts.mjs').CartItem[] }} */ (request.body);
    let total = 0;
    for (const { productId, quantity } of items) {
      const product = catalog.get(productId);
      if (!product) throw badRequest(`no product ${productId}`);
      total += product.price * quantity;
    }
    return reply.code(201).send(carts.open(items, total));
  });

  app.get('/carts/:id', { schema: { params, response: { 200: cart } } }, async (request) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const found = carts.get(id);
    if (!found) throw notFound(`no cart ${id}`);
    return found;
  });
}
