import { expect, test } from 'vitest';
import { kernel } from '../../../src/doctor/checks/kernel.js';
import { host } from '../fixtures.js';

test.each([
  ['linux', 'x64', '6.18.44-fc', 'ok'],
  ['linux', 'x64', '5.10.0-1-amd64', 'ok'],
  ['linux', 'x64', '5.9.16', 'ok'],
  ['linux', 'x64', '5.4.0', 'warning'],
  ['linux', 'arm64', '6.18.0', 'failure'],
  ['darwin', 'x64', '24.0.0', 'failure'],
])('%s on %s, kernel %s: %s', async (platform, arch, release, status) => {
  expect(await kernel.examine(host({}, { platform, arch, release }))).toMatchObject({ status });
});
