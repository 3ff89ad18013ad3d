import { expect, test } from 'vitest';
import { aptFailure } from '../../../src/criu/provide/apt-failure.js';

const result = { status: 100, signal: null, stdout: '', timedOut: false };

test.each([
  ['SPACE', 'W: Some write error\nE: Write error - write (28: No space left on device)'],
  ['SPACE', "E: You don't have enough free space in /c/archives/."],
  ['NETWORK', "Err:1 http://m.example forky InRelease\n  Could not resolve 'm.example'"],
  ['NETWORK', 'E: Failed to fetch http://m.example/x  Unable to connect to m.example:http:'],
  [
    'UNTRUSTED',
    "The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131",
  ],
  ['UNTRUSTED', 'E: Failed to fetch http://m.example/x  Hash Sum mismatch'],
  ['MIRROR', "E: The repository 'http://m.example forky Release' does not have a Release file."],
  ['MIRROR', 'E: Release file for http://m.example/InRelease is expired (invalid since 14d).'],
  ['MIRROR', 'E: Unable to locate package criu'],
  ['FAILED', 'E: Something that nobody has seen yet'],
])('ERR_TUBTHUMP_SETUP_%s for %j', (code, stderr) => {
  const error = aptFailure('apt-get update', { ...result, stderr });
  expect(error.code).toBe(`ERR_TUBTHUMP_SETUP_${code}`);
  expect(error.log).toBe(stderr.trim());
});

test('what nobody has seen yet is quoted', () => {
  const { message } = aptFailure('apt-get update', { ...result, stderr: 'noise\nE: Odd thing' });
  expect(message).toBe('apt-get update: E: Odd thing');
});

test('a time limit is a matter of the network', () => {
  const error = aptFailure('apt-get update', { ...result, stderr: '', timedOut: true });
  expect(error.code).toBe('ERR_TUBTHUMP_SETUP_NETWORK');
});
