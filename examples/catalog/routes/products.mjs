// @ts-check
import { notFound } from './problems.mjs';

const params = {
  type: 'object',
  properties: { id: { type: 'integer', minimum: 1 } },
  required: ['id'],
};

const product = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    sku: { type: 'string' },
    title: { type: 'string' },
    brand: { type: 'string' },
    category: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    description: { type: 'string' },
    attributes: {
      type: 'object',
      properties: {
        colour: { type: 'string' },
        material: { type: 'string' },
        weightGrams: { type: 'integer' },
      },
    },
    stock: { type: 'integer' },
    rating: { type: 'number' },
    price: { type: 'integer' },
    lowest: { type: 'integer' },
    highest: { type: 'integer' },
  },
};

const reviews = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      author: { type: 'string' },
      stars: { type: 'integer' },
      date: { type: 'string' },
      text: { type: 'string' },
    },
  },
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../app.mjs').Shop} shop
 */
export async function productRoutes(app, { catalog }) {
  app.get('/products/:id', { schema: { params, response: { 200: product } } }, async (request) =>
    find(request),
  );

  app.get(
    '/products/:id/reviews',
    { schema: { params, response: { 200: reviews } } },
    async (request) => find(request).reviews,
  );

  /** @param {import('fastify').FastifyRequest} request */
  function find(request) {
    const { id } = /** @type {{ id: number }} */ (request.params);
    const found = catalog.get(id);
    if (!found) throw notFound(`no product ${id}`);
    return found;
  }
}
