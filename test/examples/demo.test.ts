import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  adopt,
  collect,
  exitOf,
  temporaryDirectory,
  waitForOutput,
} from '../integration/harness.js';

const DEMO = resolve('examples/catalog/demo.mjs');
const NODE_24 = resolve('test/node-versions/node_modules/node-24/bin/node');
const SMALL = ['--cold-starts', '1', '--restores', '2', '--requests', '70'];

/** Starts the demo on a small catalogue; its temporary directory is `temporary`. */
function startDemo(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const temporary = temporaryDirectory();
  const child = adopt(
    spawn(process.execPath, [DEMO, ...SMALL, ...args], {
      env: {
        ...process.env,
        CATALOG_PRODUCTS: '100',
        TMPDIR: temporary,
        NO_COLOR: '1',
        ...environment,
      },
    }),
  );
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  return { ...collect(child), temporary, stdout: () => stdout };
}

/** Everything that the demo starts inherits its temporary directory. */
function processesOf(temporary: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(temporary);
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

function expectNothingLeft(temporary: string) {
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesOf(temporary)).toEqual([]);
}

it('shows that copies keep the state and draw new random numbers, and leaves nothing behind', async () => {
  const demo = startDemo(['--json']);
  expect(await exitOf(demo.child), demo.output()).toEqual({ status: 0, signal: null });
  const { before, copies, coldStart, warmUp, checkpoint, restore, ratio, claims } = JSON.parse(
    demo.stdout(),
  );
  expect(coldStart.samplesMs).toHaveLength(1);
  expect(restore.samplesMs).toHaveLength(2);
  expect(warmUp.requests).toBe(70);
  expect(checkpoint.imageBytes).toBeGreaterThan(1e6);
  expect(ratio).toBeGreaterThan(0);
  expect(claims.map(({ holds }: { holds: boolean }) => holds)).toEqual(Array(9).fill(true));

  expect(before.state.products).toBe(100);
  expect(before.state.carts).toBeGreaterThan(10);
  for (const { state, cart } of copies) {
    const { pid, startedAt, checksum, products } = before.state;
    expect(state).toMatchObject({ pid, startedAt, checksum, products });
    expect(state.carts).toBe(before.state.carts + 1);
    expect(cart).toEqual(before.cart);
  }
  for (const name of ['id', 'token', 'lottery']) {
    const drawn = [before, ...copies].map(({ session }) => session[name]);
    expect(new Set(drawn).size).toBe(3);
  }
  expectNothingLeft(demo.temporary);
});

it('shows the same on another Node, in plain lines, and keeps an image', async () => {
  const images = join(temporaryDirectory(), 'image');
  const demo = startDemo(['--node', NODE_24, '--keep', images]);
  expect(await exitOf(demo.child), demo.output()).toEqual({ status: 0, signal: null });
  const steps = ['cold start to first answer', 'warm-up', 'checkpoint', 'restore to first answer'];
  for (const step of steps) {
    expect(demo.stdout()).toMatch(new RegExp(`^${step} …$`, 'm'));
    expect(demo.stdout()).toMatch(new RegExp(`^✓ ${step} +[\\d.]+ m?s `, 'm'));
  }
  expect(demo.stdout()).toMatch(/^Node v24\.\S+, 100 products in memory/m);
  expect(demo.stdout()).toMatch(/^[\d.]+ times faster to the first answer/m);
  expect(demo.stdout()).not.toContain('\x1b');
  expect(existsSync(join(images, 'manifest.json'))).toBe(true);
  expectNothingLeft(demo.temporary);
});

it('says what failed, with the hint, and leaves nothing behind', async () => {
  const demo = startDemo([], { TUBTHUMP_CRIU: '/bin/false' });
  expect(await exitOf(demo.child)).toEqual({ status: 1, signal: null });
  expect(demo.output()).toMatch(/^ {2}\| .*Server listening at/m);
  expect(demo.output()).toMatch(/^demo: checkpoint failed/m);
  expect(demo.output()).toMatch(/^hint: /m);
  expectNothingLeft(demo.temporary);
});

it.each(['cold start', 'warm-up', 'checkpoint', 'restore'])(
  'cleans up when it is interrupted: %s',
  async (step) => {
    const demo = startDemo(['--restores', '50']); // Not over before the signal.
    await waitForOutput(demo, new RegExp(`^${step}.* …$`, 'm'));
    demo.child.kill('SIGINT');
    expect(await exitOf(demo.child)).toEqual({ status: 130, signal: null });
    expectNothingLeft(demo.temporary);
  },
);

it('explains an option that it does not have', async () => {
  const demo = startDemo(['--restore', '3']);
  expect(await exitOf(demo.child)).toEqual({ status: 64, signal: null });
  expect(demo.output()).toMatch(/Unknown option '--restore'[\s\S]*Usage: npm start/);
});
