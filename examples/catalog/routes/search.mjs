// @ts-check

const querystring = {
  type: 'object',
  properties: {
    q: { type: 'string', minLength: 2, maxLength: 100 },
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
  },
  required: ['q'],
};

const results = {
  type: 'object',
  properties: {
    total: { type: 'integer' },
    hits: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          title: { type: 'string' },
          price: { type: 'integer' },
          score: { type: 'number' },
        },
      },
    },
  },
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../app.mjs').Shop} shop
 */
export async function searchRoutes(app, { catalog }) {
  app.get('/search', { schema: { querystring, response: { 200: results } } }, async (request) => {
    const { q, limit } = /** @type {{ q: string, limit: number }} */ (request.query);
    return catalog.search(q, limit);
  });
}
