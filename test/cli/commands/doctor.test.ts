import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { SERVICE, temporaryDirectory } from '../../integration/harness.js';
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

test('rehearses a checkpoint of a service, and throws the image away', () => {
  const TMPDIR = temporaryDirectory();
  const { status, stdout } = runCli(['doctor', '--json', '--', process.execPath, SERVICE], {
    TMPDIR,
  });
  const { healthy, checks } = JSON.parse(stdout);
  const service = { name: 'service', status: 'ok', detail: /^[\d.]+ MB in \d+ ms$/ };
  expect(checks.at(-1)).toMatchObject({
    ...service,
    detail: expect.stringMatching(service.detail),
  });
  expect(status).toBe(healthy ? 0 : 69);
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('lists what keeps a service from being dumped, with who opened it: files too', () => {
  const command = [process.execPath, resolve('test/fixtures/holdings.mjs')];
  const held = { HOLD: 'big-deleted', DIRECTORY: temporaryDirectory() };
  const { status, stdout } = runCli(['doctor', '--', ...command], held);
  expect(stdout).toMatch(/^failure +service +checkpoint failed/m);
  expect(stdout).toMatch(/fd \d+ deleted-file .*\n +opened at .*holdings\.mjs:\d+:\d+/);
  expect(status).toBe(69);
});

test('a service that does not start is a failure that says so', () => {
  const { status, stdout } = runCli(['doctor', '--', process.execPath, '-e', 'process.exit(3)']);
  expect(stdout).toMatch(
    /^failure +service +the service ended before its checkpoint \(status 3\)/m,
  );
  expect(status).toBe(69);
});

test('a policy is for a service', () => {
  expect(runCli(['doctor', '--policy', 'app.policy']).status).toBe(64);
});
