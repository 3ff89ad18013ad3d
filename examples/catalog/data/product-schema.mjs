// @ts-check
import { CATEGORIES } from './vocabulary.mjs';

const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
const cents = { type: 'integer', minimum: 1 };

const object = (/** @type {Record<string, object>} */ properties) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/**
 * @typedef {{ date: string, cents: number }} Price
 * @typedef {{ author: string, stars: number, date: string, text: string }} Review
 * @typedef {{
 *   id: number, sku: string, title: string, brand: string, category: string, tags: string[],
 *   description: string, attributes: { colour: string, material: string, weightGrams: number },
 *   stock: number, prices: Price[], reviews: Review[],
 * }} Product
 */

/** A product as the export has it. */
export const productSchema = object({
  id: { type: 'integer', minimum: 1 },
  sku: { type: 'string', pattern: '^[A-Z]{2}-\\d{7,}$' },
  title: { type: 'string', minLength: 3, maxLength: 120 },
  brand: { type: 'string', minLength: 1 },
  category: { type: 'string', enum: Object.keys(CATEGORIES) },
  tags: { type: 'array', items: { type: 'string' } },
  description: { type: 'string', maxLength: 2000 },
  attributes: object({
    colour: { type: 'string' },
    material: { type: 'string' },
    weightGrams: { type: 'integer', minimum: 0 },
  }),
  stock: { type: 'integer', minimum: 0 },
  prices: { type: 'array', minItems: 1, items: object({ date, cents }) },
  reviews: {
    type: 'array',
    items: object({
      author: { type: 'string' },
      stars: { type: 'integer', minimum: 1, maximum: 5 },
      date,
      text: { type: 'string', maxLength: 2000 },
    }),
  },
});
