// @ts-check
import MiniSearch from 'minisearch';

/** Full text search over products: prefixes and small typing errors are found too. */
export function createSearchIndex() {
  return /** @type {MiniSearch<import('./product-schema.mjs').Product>} */ (
    new MiniSearch({
      fields: ['title', 'tags', 'description', 'reviews'],
      extractField,
      searchOptions: { boost: { title: 3, tags: 2 }, prefix: true, fuzzy: 0.1, combineWith: 'AND' },
    })
  );
}

/**
 * @param {import('./product-schema.mjs').Product} product
 * @param {string} field
 */
function extractField(product, field) {
  const value = product[/** @type {keyof typeof product} */ (field)];
  if (!Array.isArray(value)) return value;
  return value.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part));
}
