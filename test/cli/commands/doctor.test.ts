import { expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

test('prints a table, and its status says whether the machine is healthy', () => {
  const { status, stdout } = runCli(['doctor']);
  expect(stdout).toMatch(/^ok +kernel +linux /m);
  expect(stdout).toMatch(/^ok +CRIU +\d/m);
  expect(status).toBe(/^failure/m.test(stdout) ? 69 : 0);
});

test('prints the same as JSON', () => {
  const { status, stdout } = runCli(['doctor', '--json']);
  const { healthy, checks } = JSON.parse(stdout);
  expect(status).toBe(healthy ? 0 : 69);
  expect(checks).toContainEqual(expect.objectContaining({ name: 'CRIU', status: 'ok' }));
});

test('without any CRIU it fails, and says what to do', () => {
  const nowhere = { XDG_CACHE_HOME: '/dev/null/cache', PATH: '/nowhere', TUBTHUMP_CRIU: '' };
  const { status, stdout } = runCli(['doctor'], nowhere);
  expect(status).toBe(69);
  expect(stdout).toMatch(/^failure +CRIU .*\n +-> Run `tubthump setup`/m);
});
