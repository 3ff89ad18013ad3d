// @ts-check
// Stands for the nightly export of a shop's database: one JSON document per line, the same ones for
// the same count.
import { integer, pick, seededRandom } from './random.mjs';
import { ADJECTIVES, BRANDS, CATEGORIES, COLOURS, MATERIALS, PROSE } from './vocabulary.mjs';

const CATEGORY_SLUGS = Object.keys(CATEGORIES);
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const PRICE_CHANGES = 48;

/**
 * @param {number} count
 * @returns {Generator<string, void, undefined>}
 */
export function* exportLines(count) {
  for (let id = 1; id <= count; id++) yield JSON.stringify(product(id));
}

/** @param {number} id */
function product(id) {
  const random = seededRandom(id);
  const category = pick(CATEGORY_SLUGS, random);
  const { nouns } = /** @type {typeof CATEGORIES[string]} */ (CATEGORIES[category]);
  const brand = pick(BRANDS, random);
  const colour = pick(COLOURS, random);
  const material = pick(MATERIALS, random);
  const tags = [pick(ADJECTIVES, random), pick(ADJECTIVES, random)];
  const prices = priceHistory(random);
  return {
    id,
    sku: `${category.slice(0, 2).toUpperCase()}-${String(id).padStart(7, '0')}`,
    title: `${brand} ${tags[0]} ${material} ${pick(nouns, random)}`,
    brand,
    category,
    tags,
    description: sentence(integer(30, 60, random), random),
    attributes: { colour, material, weightGrams: integer(20, 20_000, random) },
    stock: integer(0, 400, random),
    prices,
    reviews: Array.from({ length: integer(2, 10, random) }, () => review(random)),
  };
}

/** @param {() => number} random */
function priceHistory(random) {
  let cents = integer(300, 90_000, random);
  let day = 0;
  return Array.from({ length: PRICE_CHANGES }, () => {
    cents = Math.max(100, Math.round(cents * (0.9 + random() * 0.21)));
    day += integer(1, 20, random);
    return { date: date(day), cents };
  });
}

/** @param {() => number} random */
function review(random) {
  return {
    author: `${pick(BRANDS, random)} ${integer(1, 9999, random)}`,
    stars: integer(1, 5, random),
    date: date(integer(0, 800, random)),
    text: sentence(integer(10, 40, random), random),
  };
}

/**
 * @param {number} length in words
 * @param {() => number} random
 */
function sentence(length, random) {
  return `${Array.from({ length }, () => pick(PROSE, random)).join(' ')}.`;
}

/** @param {number} day since the first one */
function date(day) {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
}
