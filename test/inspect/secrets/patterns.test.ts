import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSecretVariable, PATTERNS } from '../../../src/inspect/secrets/patterns.js';

function kindsIn(text: string): string[] {
  return PATTERNS.filter(({ text: pattern }) => [...text.matchAll(pattern)].length > 0).map(
    ({ kind }) => kind,
  );
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('patterns of secrets', () => {
  it.each([
    ['a private key', pem, 'private key (PEM)'],
    [
      'one of the old format',
      privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      'private key (PEM)',
    ],
    ['one in JSON', JSON.stringify({ key: pem }), 'private key (PEM)'],
    ['a JWK', JSON.stringify(privateKey.export({ format: 'jwk' })), 'private key (JWK)'],
    ['a header', 'Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.abcdefgh', 'bearer token'],
    ['a database', 'postgres://shop:hunter2@db.internal:5432/shop', 'connection string'],
    ['an access key', 'id=AKIAIOSFODNN7EXAMPLE;', 'access key (AWS)'],
  ])('find %s', (_, text, kind) => {
    expect(kindsIn(`\0\0noise ${text} noise\0`)).toEqual([kind]);
  });

  it.each([
    ['a header of a key without one', '-----BEGIN PRIVATE KEY-----\n" + body'],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a public JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
    ['the word bearer', 'Bearer token is missing'],
    ['an address without password', 'https://user@example.org/ http://a.b:80/c@d'],
    ['a template', ['postgres://$', '{user}:$', '{password}@host'].join('')],
  ])('leave %s alone', (_, text) => {
    expect(kindsIn(text)).toEqual([]);
  });

  it('take no long time for memory that nearly matches', () => {
    // Quadratic patterns would not end.
    const long = [
      '{"kty"'.repeat(20_000),
      `bearer ${'a'.repeat(200_000)}`,
      '-----BEGIN '.repeat(20_000),
    ];
    for (const text of [...long, `${'a'.repeat(200_000)}://`]) expect(kindsIn(text)).toBeDefined();
  });
});

it('variables are secret by name, unless the value is a path or short', () => {
  expect(isSecretVariable('DB_PASSWORD', 'correct-horse')).toBe(true);
  expect(isSecretVariable('STRIPE_API_KEY', 'sk_live_12345')).toBe(true);
  expect(isSecretVariable('PATH', '/usr/bin:/bin')).toBe(false);
  expect(isSecretVariable('TLS_PRIVATE_KEY', '/etc/tls/key.pem')).toBe(false);
  expect(isSecretVariable('TOKEN', 'yes')).toBe(false);
});
