import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { adopt, collect, end, waitForOutput } from '../integration/harness.js';

const SERVER = resolve('examples/catalog/server.mjs');
const PRODUCTS = 80;

/** Starts the service without tubthump; it is ended after the test. */
async function start(environment: NodeJS.ProcessEnv = {}) {
  const child = adopt(
    spawn(process.execPath, [SERVER], {
      env: { ...process.env, PORT: '0', CATALOG_PRODUCTS: String(PRODUCTS), ...environment },
    }),
  );
  const running = collect(child);
  return { child, url: await waitForOutput(running, /listening at (http:\/\/[\d.:]+)/) };
}

describe('the catalogue', () => {
  let url: string;
  beforeEach(async () => {
    ({ url } = await start());
  });

  const ask = async (path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(url + path, body === undefined ? {} : post);
    const text = await response.text();
    const isHtml = response.headers.get('content-type')?.startsWith('text/html');
    return { status: response.status, body: isHtml ? text : JSON.parse(text) };
  };

  it('has products, with reviews apart', async () => {
    const { status, body } = await ask('/products/7');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 7, sku: expect.stringMatching(/^[A-Z]{2}-0000007$/) });
    expect(body.lowest).toBeLessThanOrEqual(body.price);
    expect(body).not.toHaveProperty('reviews');
    expect((await ask('/products/7/reviews')).body[0].stars).toBeGreaterThan(0);
    expect((await ask(`/products/${PRODUCTS + 1}`)).status).toBe(404);
  });

  it('finds a product by the words of its title, also by their beginnings', async () => {
    const { title } = (await ask('/products/7')).body;
    const query = encodeURIComponent(title.slice(0, -1));
    const { total, hits } = (await ask(`/search?q=${query}&limit=3`)).body;
    expect(total).toBeGreaterThan(0);
    expect(hits.map(({ id }: { id: number }) => id)).toContain(7);
    expect((await ask('/search?q=zzzzzzzz')).body).toEqual({ total: 0, hits: [] });
  });

  it('shows pages, the best rated products first', async () => {
    expect((await ask('/')).body).toContain(`<h1>${PRODUCTS} products</h1>`);
    const { category } = (await ask('/products/7')).body;
    const { status, body } = await ask(`/categories/${category}`);
    expect(status).toBe(200);
    expect(body).toMatch(/^<!doctype html>/);
    const ratings = [...body.matchAll(/<td>(\d\.\d)<\/td>/g)].map(([, rating]) => Number(rating));
    expect(ratings.length).toBeGreaterThan(1);
    expect(ratings).toEqual(ratings.toSorted((a: number, b: number) => b - a));
    expect((await ask('/categories/nothing')).status).toBe(404);
  });

  it('opens carts and keeps them', async () => {
    const { price } = (await ask('/products/3')).body;
    const items = [{ productId: 3, quantity: 2 }];
    const opened = await ask('/carts', { items });
    expect(opened).toMatchObject({ status: 201, body: { items, total: 2 * price } });
    expect((await ask(`/carts/${opened.body.id}`)).body).toEqual(opened.body);
    expect((await ask('/state')).body).toMatchObject({ carts: 1, requests: 4, products: PRODUCTS });
  });

  it.each([
    ['/products/none', undefined, 'params/id must be integer'],
    ['/search', undefined, "querystring must have required property 'q'"],
    ['/search?q=x', undefined, 'querystring/q must NOT have fewer than 2 characters'],
    ['/categories/toys?page=0', undefined, 'querystring/page must be >= 1'],
    ['/carts', {}, "body must have required property 'items'"],
    ['/carts', { items: [] }, 'body/items must NOT have fewer than 1 items'],
    ['/carts', { items: [{ productId: 3, quantity: 0 }] }, 'body/items/0/quantity must be >= 1'],
    ['/carts', { items: [{ productId: 9999, quantity: 1 }] }, 'no product 9999'],
  ])('refuses %s %j: %s', async (path, body, message) => {
    expect(await ask(path, body)).toMatchObject({ status: 400, body: { message } });
  });

  it('gives out new ids each time', async () => {
    const [one, two] = [(await ask('/session')).body, (await ask('/session')).body];
    for (const name of Object.keys(one)) expect(one[name]).not.toBe(two[name]);
    expect((await ask('/healthz')).body).toEqual({ status: 'ok' });
  });

  it('has the same data at every start, and other data in another size', async () => {
    const { checksum } = (await ask('/state')).body;
    const again = await start();
    const smaller = await start({ CATALOG_PRODUCTS: String(PRODUCTS - 1) });
    const checksums = [again, smaller].map(async (service) => {
      const response = await fetch(`${service.url}/state`);
      return ((await response.json()) as { checksum: string }).checksum;
    });
    const [same, other] = await Promise.all(checksums);
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(same).toBe(checksum);
    expect(other).not.toBe(checksum);
  });

  it('ends on SIGTERM with status 0', async () => {
    const { child } = await start();
    expect(await end(child)).toEqual({ status: 0, signal: null });
  });
});

it('does not start with a size that is no number', async () => {
  await expect(start({ CATALOG_PRODUCTS: 'many' })).rejects.toThrow(/not many/);
});
