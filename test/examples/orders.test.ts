import { spawn } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  adopt,
  collect,
  exitOf,
  temporaryDirectory,
  waitForOutput,
} from '../integration/harness.js';

const DEMO = resolve('examples/orders/demo.mjs');

/** Starts the demo; its temporary directory is `temporary`. */
function startDemo(...args: readonly string[]) {
  const temporary = temporaryDirectory();
  chmodSync(temporary, 0o711); // PostgreSQL is another user.
  const child = adopt(
    spawn(process.execPath, [DEMO, '--orders', '60', ...args], {
      env: { ...process.env, TMPDIR: temporary, NO_COLOR: '1' },
    }),
  );
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  return { ...collect(child), temporary, stdout: () => stdout };
}

it('loses no order and refuses nobody, through a checkpoint and a restore', async () => {
  const demo = startDemo('--json');
  expect(await exitOf(demo.child), demo.output()).toEqual({ status: 0, signal: null });
  const { claims, checkpoint, during, end } = JSON.parse(demo.stdout());
  expect(claims).toHaveLength(6);
  for (const { claim, seen, holds } of claims) expect(holds, `${claim}: ${seen}`).toBe(true);
  expect(checkpoint.imageBytes).toBeGreaterThan(1e6);
  expect(during).toMatchObject({ refused: 0, failed: 0 });
  expect(end.acknowledged).toBeGreaterThanOrEqual(180);
  // Nothing is left: no image, no database.
  expect(readdirSync(demo.temporary)).toEqual([]);
});

it('says the same in lines', async () => {
  const demo = startDemo();
  expect(await exitOf(demo.child), demo.output()).toEqual({ status: 0, signal: null });
  expect(demo.stdout()).toMatch(/^✓ PostgreSQL +started {2}postgres \(PostgreSQL\) \d+/m);
  expect(demo.stdout()).toMatch(/^✓ checkpoint meanwhile .* 0 refused$/m);
  expect(demo.stdout()).toMatch(/^✓ orders, acknowledged and stored +(\d+) = \1$/m);
});

it('ends its database when it is interrupted', async () => {
  const demo = startDemo();
  await waitForOutput(demo, /^orders …$/m);
  demo.child.kill('SIGINT');
  expect(await exitOf(demo.child)).toEqual({ status: 130, signal: null });
  expect(readdirSync(demo.temporary)).toEqual([]);
});
