import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseReference } from '../../src/oci/reference.js';

test.each([
  ['/images/shop', { layout: '/images/shop' }],
  ['/images/shop:v1.2', { layout: '/images/shop', tag: 'v1.2' }],
  ['/images/a:b/shop', { layout: '/images/a:b/shop' }],
  ['/images/a:b:latest', { layout: '/images/a:b', tag: 'latest' }],
  ['shop:latest', { layout: resolve('shop'), tag: 'latest' }],
])('%s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

test.each(['', 'shop:', 'shop:a b', 'shop:-x', `shop:${'x'.repeat(200)}`])('not %s', (text) => {
  expect(() => parseReference(text)).toThrow(
    expect.objectContaining({ code: 'ERR_TUBTHUMP_USAGE' }),
  );
});
