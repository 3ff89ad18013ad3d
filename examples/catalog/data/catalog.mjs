// @ts-check
import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { productSchema } from './product-schema.mjs';
import { createSearchIndex } from './search-index.mjs';
import { CATEGORIES } from './vocabulary.mjs';

/**
 * @typedef {import('./product-schema.mjs').Product} Product
 * @typedef {Product & { rating: number, price: number, lowest: number, highest: number }} Article
 *   a product with its average of stars and what its price history says, in cents
 */

/** All products in memory, by id, by category and by word. */
export class Catalog {
  /** @type {Map<number, Article>} */
  #articles = new Map();
  /** @type {Map<string, Article[]>} best rated first */
  #categories = new Map();
  #index = createSearchIndex();

  /**
   * @param {Iterable<string>} lines one JSON document each
   * @throws {Error} for a line that is no product
   */
  constructor(lines) {
    const validate = new Ajv({ allErrors: true }).compile(productSchema);
    for (const line of lines) {
      const product = JSON.parse(line);
      if (!validate(product)) throw new Error(`no product: ${JSON.stringify(validate.errors)}`);
      this.#add(/** @type {Product} */ (product));
    }
    for (const articles of this.#categories.values()) {
      articles.sort((a, b) => b.rating - a.rating || a.id - b.id);
    }
  }

  get size() {
    return this.#articles.size;
  }

  /** @param {number} id */
  get(id) {
    return this.#articles.get(id);
  }

  categories() {
    return [...this.#categories]
      .map(([slug, articles]) => ({ slug, name: nameOf(slug), count: articles.length }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @param {string} slug */
  category(slug) {
    const articles = this.#categories.get(slug);
    return articles && { slug, name: nameOf(slug), articles };
  }

  /**
   * @param {string} query
   * @param {number} limit
   */
  search(query, limit) {
    const found = this.#index.search(query);
    const hits = found.slice(0, limit).map(({ id, score }) => {
      const { title, price } = /** @type {Article} */ (this.#articles.get(id));
      return { id: /** @type {number} */ (id), title, price, score };
    });
    return { total: found.length, hits };
  }

  /** SHA-256 of everything, as it is in memory now. */
  checksum() {
    const hash = createHash('sha256');
    for (const article of this.#articles.values()) hash.update(JSON.stringify(article));
    return hash.digest('hex');
  }

  /** @param {Product} product */
  #add(product) {
    const { prices, reviews, category } = product;
    const cents = prices.map((price) => price.cents);
    const stars = reviews.reduce((sum, review) => sum + review.stars, 0);
    const article = {
      ...product,
      rating: reviews.length && Math.round((stars / reviews.length) * 100) / 100,
      price: /** @type {number} */ (cents.at(-1)),
      lowest: Math.min(...cents),
      highest: Math.max(...cents),
    };
    this.#articles.set(product.id, article);
    this.#index.add(product);
    const sameCategory = this.#categories.get(category);
    if (sameCategory) sameCategory.push(article);
    else this.#categories.set(category, [article]);
  }
}

/** @param {string} slug */
function nameOf(slug) {
  return CATEGORIES[slug]?.name ?? slug;
}
