import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { freePorts } from '../integration/clones.js';

it('examples/fresh-service: every test has a service of its own', async () => {
  const file = 'examples/fresh-service/accounts.test.mjs';
  const env = { ...process.env, FIRST_PORT: String(await freePorts(10)) };
  const args = ['--test', '--test-reporter', 'tap', file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout).toMatch(/^# pass 4$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
