import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PoolOptions } from '../../src/pool/options.js';
import { type Pool, pool } from '../../src/pool/pool.js';
import { askClone, freePorts, imageForClones } from './clones.js';
import { temporaryDirectory } from './harness.js';

const open = new Set<Pool>();
let port: number;
let images: string;

afterEach(async () => {
  for (const made of open) await made[Symbol.asyncDispose]();
  open.clear();
});

function make(options: PoolOptions): Pool {
  const made = pool(images, { port: `${port}+`, ...options });
  open.add(made);
  return made;
}

const full = (made: Pool, parked: number) =>
  expect.poll(() => made.parked, { timeout: 20_000 }).toBe(parked);

/** proc(5): T is stopped. */
const stateOf = (pid: number) =>
  /^State:\t(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

describe('a pool', () => {
  beforeEach(async () => {
    port = await freePorts(8);
    images = await imageForClones();
  });

  it('keeps stopped copies, hands them out running, and fills up', async () => {
    const made = make({ parked: 2 });
    const [first] = await once(made, 'parked');
    await expect.poll(() => stateOf(first.pid)).toBe('T');
    await full(made, 2);
    const copy = await made.take();
    expect(copy.pid).toBe(first.pid);
    expect((await askClone(port + copy.number - 1)).info?.cloneId).toBe(copy.cloneId);
    await full(made, 2);
    expect(made.lent).toBe(1);
    await copy[Symbol.asyncDispose]();
    expect(made.lent).toBe(0);
  });

  it('makes no more than max, and gives the next to who has waited longest', async () => {
    const made = make({ parked: 0, max: 2 });
    const [one, two] = await Promise.all([made.take(), made.take()]);
    const order: string[] = [];
    const third = made.take().then((copy) => {
      order.push('third');
      return copy;
    });
    const fourth = made.take().then(() => order.push('fourth'));
    expect(made.lent).toBe(2);
    one?.kill('SIGKILL');
    expect((await third).number).toBe(one?.number);
    two?.kill('SIGKILL');
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
  });

  it('puts another in the place of a copy that died', async () => {
    const made = make({ parked: 1, max: 1 });
    const [first] = await once(made, 'parked');
    const died = once(made, 'died');
    first.kill('SIGKILL');
    expect((await died)[0]).toBe(first);
    await full(made, 1);
    expect((await made.take()).pid).not.toBe(first.pid);
  });

  it('shrinks while memory is short, and fills up again', async () => {
    const file = join(temporaryDirectory(), 'memory.pressure');
    const tell = (average: string) =>
      writeFileSync(file, `some avg10=${average} avg60=0.00 avg300=0.00 total=0\n`);
    tell('0.00');
    const made = make({ parked: 2, pressure: { file, threshold: 20, intervalMs: 20 } });
    await full(made, 2);
    const shrunk = once(made, 'shrink');
    tell('35.10');
    const [ended] = await shrunk;
    expect(await ended.exited).toEqual({ status: null, signal: 'SIGKILL' });
    await full(made, 0);
    // Who needs one gets one all the same.
    expect((await made.take()).alive).toBe(true);
    expect(made.parked).toBe(0);
    tell('1.00');
    await full(made, 2);
  });

  it('ends all, and refuses who waits', async () => {
    const made = make({ parked: 1, max: 1 });
    const copy = await made.take();
    const waiting = expect(made.take()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_POOL_CLOSED' });
    await made[Symbol.asyncDispose]();
    await waiting;
    expect(copy.alive).toBe(false);
    await expect(made.take()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_POOL_CLOSED' });
  });

  it('tells who takes why there is no copy', async () => {
    images = temporaryDirectory();
    const made = make({ parked: 0 });
    await expect(made.take()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_IMAGE_MISSING' });
  });
});

describe('options of a pool', () => {
  it.each([
    [{ parked: -1 }, '`parked` to be a whole number from 0 to 4096'],
    [{ parked: 3, max: 2 }, '`parked` to be at most `max` (2)'],
    [{ max: 0 }, '`max` to be a whole number'],
    [{ pressure: { threshold: 0 } }, '`pressure.threshold`'],
    [{ count: 2 }, 'A pool has no option `count`'],
    [{ prked: 2 }, 'Unknown option `prked`'],
  ])('refuse %o', (options, message) => {
    expect(() => pool('no/image', options as object)).toThrow(message);
  });
});
