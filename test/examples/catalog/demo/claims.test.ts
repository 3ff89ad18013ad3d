import { expect, test } from 'vitest';
import { judge } from '../../../../examples/catalog/demo/claims.mjs';
import type { Observation } from '../../../../examples/catalog/demo/observation.mjs';

function observation(name: string, counted: { requests: number; carts: number }): Observation {
  const process = { node: 'v20.0.0', pid: 1, memory: 1 };
  return {
    state: { startedAt: 'noon', products: 5, checksum: 'abc', ...process, ...counted },
    session: { id: `id ${name}`, token: `token ${name}`, lottery: name.length },
    cart: { id: 'held', items: [] },
    newCart: `cart ${name}`,
  };
}

const before = () => observation('o', { requests: 10, carts: 2 });
const copy = (name: string) => observation(name, { requests: 15, carts: 3 });

function broken(changed: Observation): string[] {
  const claims = judge(before(), [copy('aa'), changed]);
  return claims.filter(({ holds }) => !holds).map(({ claim }) => claim);
}

test('copies that go on with the same state and new randomness are as claimed', () => {
  expect(broken(copy('bbb'))).toEqual([]);
});

test('a copy that repeats what another one drew is noticed', () => {
  const random = ['id of a new cart', 'randomUUID', 'randomBytes', 'Math.random'];
  expect(broken(copy('aa'))).toEqual(random);
});

test('a copy that repeats what the original drew is noticed', () => {
  expect(broken({ ...copy('bbb'), session: before().session })).toEqual([
    'randomUUID',
    'randomBytes',
    'Math.random',
  ]);
});

test.each([
  ['started at', { startedAt: 'later' }],
  ['checksum of the data', { checksum: 'abd' }],
  ['carts held', { carts: 1 }],
  ['requests served', { requests: 5 }],
])('a copy with another state is noticed: %s', (claim, change) => {
  const changed = copy('bbb');
  expect(broken({ ...changed, state: { ...changed.state, ...change } })).toEqual([claim]);
});

test('a cart that changed is noticed', () => {
  expect(broken({ ...copy('bbb'), cart: { id: 'held', items: [1] } })).toEqual(['a held cart']);
});
