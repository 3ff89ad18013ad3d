import { expect, test } from 'vitest';
import { checkPlatform } from '../../scripts/bootstrap/platform.mjs';
import { machine } from './machines.js';

test.each([
  ['not Linux', { platform: 'darwin' }, /darwin.*Linux only/, /Debian 12/],
  ['not x86-64', { arch: 'arm64' }, /arm64.*x86-64/, /x86-64 machine/],
  ['Node 18', { node: '18.20.4' }, /Node 18\.20\.4.*20\.19/, /Install Node 20/],
  ['Node 20.18', { node: '20.18.3' }, /Node 20\.18\.3/, /Install Node 20/],
])('%s is refused', (_, facts, message, hint) => {
  expect(() => checkPlatform(machine(facts))).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    }),
  );
});

test.each(['20.19.0', '22.0.0', '26.10.0'])('Node %s on Linux passes', (node) => {
  checkPlatform(machine({ node }));
});
