import { expect, test } from 'vitest';
import { parseDeb822 } from '../../../../src/criu/provide/sources/deb822.js';

test('reads what Debian 12 ships', () => {
  const text = `Types: deb
# a comment inside a stanza
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb deb-src
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
  expect(parseDeb822(text)).toEqual([
    {
      types: ['deb'],
      uris: ['http://mirror.example/debian'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main'],
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    },
    {
      types: ['deb', 'deb-src'],
      uris: ['http://mirror.example/debian-security'],
      suites: ['bookworm-security'],
      components: ['main'],
    },
  ]);
});

test('joins continued lines, in any case of field names', () => {
  const text =
    'types: deb\nuris:\n http://a.example/debian\n http://b.example/debian\nsuites: sid\n';
  expect(parseDeb822(text)[0]?.uris).toEqual([
    'http://a.example/debian',
    'http://b.example/debian',
  ]);
});

test('keeps an embedded key with its empty lines', () => {
  const text = `Types: deb
URIs: http://a.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
`;
  expect(parseDeb822(text)[0]?.signedBy).toBe(
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBF\n-----END PGP PUBLIC KEY BLOCK-----',
  );
});

test('leaves disabled entries out', () => {
  expect(parseDeb822('Enabled: no\nTypes: deb\nURIs: http://a.example\nSuites: sid\n')).toEqual([]);
  expect(
    parseDeb822('Enabled: yes\nTypes: deb\nURIs: http://a.example\nSuites: sid\n'),
  ).toHaveLength(1);
});
