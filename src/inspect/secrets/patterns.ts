/** One sort of secret, as bytes in memory read as Latin-1. */
export interface Pattern {
  readonly kind: string;
  /** Global; matches no more than `LONGEST` characters. */
  readonly text: RegExp;
}

/** Where memory is read in pieces, they overlap by this: nothing is missed at a border. */
export const LONGEST = 4096;

/**
 * What is looked for. A header alone is no key, nor is a word alone a token: programs hold such
 * constants, so each pattern wants the secret part too.
 */
export const PATTERNS: readonly Pattern[] = [
  {
    kind: 'private key (PEM)',
    text: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,2}PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/]{32,64}/g,
  },
  {
    kind: 'private key (JWK)',
    text: /\{[^{}]{0,1000}"kty"[^{}]{0,1000}"d" ?: ?"[\w-]{40,700}"|\{[^{}]{0,1000}"d" ?: ?"[\w-]{40,700}"[^{}]{0,1000}"kty"/g,
  },
  { kind: 'bearer token', text: /\bbearer [\w.~+/-]{16,2000}=*/gi },
  {
    kind: 'connection string',
    text: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'`<>{}$\0]{1,64}:[^\s:@/"'`<>{}$\0]{1,128}@[\w.-]{1,255}/g,
  },
  { kind: 'access key (AWS)', text: /\bAKIA[0-9A-Z]{16}\b/g },
];

/** Names of variables whose values are secrets as a rule. */
const SECRET_NAME =
  /SECRET|TOKEN|PASSW|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|_KEY$|^DATABASE_URL$/i;
/** Shorter values are found everywhere by chance. */
const SHORTEST = 8;

export function isSecretVariable(name: string, value: string): boolean {
  return SECRET_NAME.test(name) && value.length >= SHORTEST && !value.startsWith('/');
}
