// @ts-check
// node --test: each test may do what it likes to its service.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepare } from './fresh.mjs';

const SERVICE = fileURLToPath(new URL('service.mjs', import.meta.url));

/** @type {ReturnType<typeof prepare>} */
let prepared;
/** @type {import('./fresh.mjs').Fresh} */
let service;

before(() => {
  prepared = prepare(SERVICE, Number(process.env.FIRST_PORT ?? 21_800));
});
beforeEach(async () => {
  service = await prepared.next();
});
afterEach(() => service[Symbol.asyncDispose]());
after(() => prepared.close());

/**
 * @param {string} method
 * @returns {Promise<any>}
 */
const ask = async (method, path = '/') => (await fetch(service.url + path, { method })).json();

test('a test may delete everything', async () => {
  assert.equal((await ask('DELETE')).count, 0);
});

test('the next one has it all again', async () => {
  assert.deepEqual(await ask('GET'), { count: 150_000, balance: 100 });
});

test('what one pays in', async () => {
  assert.equal((await ask('POST', '/?add=50')).balance, 150);
});

test('the next does not have', async () => {
  assert.equal((await ask('GET')).balance, 100);
});
