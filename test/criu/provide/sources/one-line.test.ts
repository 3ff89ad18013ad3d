import { expect, test } from 'vitest';
import { parseOneLine } from '../../../../src/criu/provide/sources/one-line.js';

test('reads entries with and without options, and no comments', () => {
  const text = `# deb http://old.example/debian bullseye main
deb http://mirror.example/debian bookworm main contrib # the main archive
deb-src http://mirror.example/debian bookworm main
deb [ arch=amd64 signed-by=/k/debian.gpg ] http://b.example/debian sid main

`;
  expect(parseOneLine(text)).toEqual([
    {
      types: ['deb'],
      uris: ['http://mirror.example/debian'],
      suites: ['bookworm'],
      components: ['main', 'contrib'],
    },
    {
      types: ['deb-src'],
      uris: ['http://mirror.example/debian'],
      suites: ['bookworm'],
      components: ['main'],
    },
    {
      types: ['deb'],
      uris: ['http://b.example/debian'],
      suites: ['sid'],
      components: ['main'],
      signedBy: '/k/debian.gpg',
    },
  ]);
});

test('an entry without a suite is none', () => {
  expect(parseOneLine('deb http://mirror.example/debian\n')).toEqual([]);
});
