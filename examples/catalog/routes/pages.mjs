// @ts-check
import { notFound } from './problems.mjs';

const PAGE_SIZE = 25;

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

const params = {
  type: 'object',
  properties: { category: { type: 'string', pattern: '^[a-z]+$' } },
  required: ['category'],
};

const querystring = {
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1, default: 1 } },
};

/**
 * The HTML pages.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../app.mjs').Shop} shop
 */
export async function pageRoutes(app, { catalog }) {
  app.get('/', (_request, reply) =>
    reply.view('home.eta', {
      title: 'Catalogue',
      categories: catalog.categories(),
      size: catalog.size,
    }),
  );

  app.get('/categories/:category', { schema: { params, querystring } }, (request, reply) => {
    const { category } = /** @type {{ category: string }} */ (request.params);
    const { page } = /** @type {{ page: number }} */ (request.query);
    const found = catalog.category(category);
    if (!found) throw notFound(`no category ${category}`);
    const pages = Math.ceil(found.articles.length / PAGE_SIZE);
    const articles = found.articles.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const money = (/** @type {number} */ cents) => euros.format(cents / 100);
    return reply.view('category.eta', {
      ...found,
      title: found.name,
      articles,
      page,
      pages,
      money,
    });
  });
}
