import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import type { CoreStatus, RestoreInfo } from '../../src/index.js';
import {
  end,
  exitOf,
  get,
  launch,
  manifestOf,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const HOOKS = [process.execPath, resolve('test/fixtures/hooks.mjs')];

interface Line {
  readonly hook: 'before' | 'after';
  readonly name: string;
  readonly info: RestoreInfo;
  readonly now: number;
  readonly FOO?: string;
  readonly args: readonly string[];
  readonly random: string;
}

async function stateOf(port: number) {
  const answer: unknown = await get(port);
  const { journal, status } = answer as { journal: Line[]; status: CoreStatus };
  const order = journal.map(({ hook, name }) => `${name} ${hook}`);
  return { journal, status, order, afters: journal.filter(({ hook }) => hook === 'after') };
}

async function start(fail = '') {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService(HOOKS, [], { FAIL: fail, FOO: 'from the start' });
  return { images, ...service };
}

/** Starts it, makes an image, and waits for its end. */
async function image(fail = '') {
  const service = await start(fail);
  await askCheckpoint(service.pid, { images: service.images, leaveRunning: false });
  await exitOf(service.child);
  return service;
}

const DOWN = ['broken', 'application', 'pool', 'server'];
const ORDER = [
  ...DOWN.map((name) => `${name} before`),
  ...[...DOWN].reverse().map((name) => `${name} after`),
];

describe('the contract on real CRIU', () => {
  it('3: the order of hooks is the same for the original and its copies', async () => {
    const { images, port, pid, child } = await start();
    await askCheckpoint(pid, { images });
    expect((await stateOf(port)).order).toEqual(ORDER);
    await end(child);
    const copy = launch(['restore', images]);
    expect((await stateOf(port)).order).toEqual(ORDER);
    await end(copy.child);
  });

  it('6: a hook that throws: no image, everybody is woken, the service serves', async () => {
    const { images, port, pid, child } = await start('before');
    const failure = await askCheckpoint(pid, { images }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'ERR_TUBTHUMP_CHECKPOINT' });
    expect(failure.message).toContain('broken: cannot let go');
    expect(readdirSync(join(images, '..'))).toEqual([]);
    const { order, afters, status } = await stateOf(port);
    expect(order).toEqual(ORDER);
    expect(new Set(afters.map(({ info }) => info.reason))).toEqual(new Set(['aborted']));
    expect(status).toMatchObject({ state: 'running', failures: 1, generation: 0 });
    await end(child);
  });

  it('7: hooks that throw in a copy: the others are notified, and the copy lives', async () => {
    const { images, port } = await image('after');
    const copy = launch(['restore', images]);
    const { afters, status } = await stateOf(port);
    expect(afters.map(({ name }) => name)).toEqual([...DOWN].reverse());
    expect(status).toMatchObject({ state: 'running', generation: 1, failures: 1 });
    expect(copy.child.exitCode).toBeNull();
    await end(copy.child);
  });

  it('7: with --strict such a copy is ended, and says why', async () => {
    const { images } = await image('after');
    const copy = launch(['restore', images, '--strict']);
    expect(await exitOf(copy.child)).toEqual({ status: 70, signal: null });
    await waitForOutput(copy, /hook of broken: restored/);
    expect(copy.output()).toContain('broken: cannot take up');
    expect(copy.output()).toContain('ERR_TUBTHUMP_RESTORE_HOOKS');
  });

  it('7: with --strict a copy whose hooks do not throw lives', async () => {
    const { images, port } = await image();
    const copy = launch(['restore', images, '--strict']);
    expect((await stateOf(port)).status.generation).toBe(1);
    expect(await end(copy.child)).toEqual({ status: null, signal: 'SIGTERM' });
  });

  it('12: info tells original, copies and generations apart', async () => {
    const { images, port, pid, child } = await start();
    const before = Date.now();
    await askCheckpoint(pid, { images });
    const { id } = manifestOf(images);
    const [original] = (await stateOf(port)).afters;
    expect(original?.info).toMatchObject({
      reason: 'resumed',
      imageId: id,
      generation: 0,
      cloneId: null,
      args: [],
      environment: { added: [], changed: [], removed: [] },
    });
    await end(child);

    const clones = new Set<unknown>();
    for (const name of ['one', 'two']) {
      const launched = Date.now();
      const copy = launch(['restore', images, '--env', `FOO=${name}`, '--', '--name', name]);
      const { afters, status } = await stateOf(port);
      for (const { info } of afters) {
        expect(info).toMatchObject({ reason: 'restored', imageId: id, generation: 1 });
        expect(info.cloneId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
        expect(info.args).toEqual(['--name', name]);
        expect(info.environment.changed).toContain('FOO');
        expect(info.checkpointedAt).toBeGreaterThanOrEqual(before);
        expect(info.checkpointedAt).toBeLessThan(launched);
        expect(info.downtimeMs).toBeGreaterThanOrEqual(launched - info.checkpointedAt);
      }
      clones.add(afters[0]?.info.cloneId);
      expect(status).toMatchObject({
        generation: 1,
        imageId: id,
        cloneId: afters[0]?.info.cloneId,
      });
      await end(copy.child);
    }
    expect(clones.size).toBe(2);
  });

  it('12: a copy of a copy is of the second generation', async () => {
    const { images, port, pid } = await image();
    const copy = launch(['restore', images]);
    const first = await stateOf(port);
    await askCheckpoint(pid, { images, leaveRunning: true });
    const resumed = await stateOf(port);
    expect(resumed.afters.at(-1)?.info).toMatchObject({ reason: 'resumed', generation: 1 });
    expect(resumed.status.cloneId).toBe(first.status.cloneId);
    await end(copy.child);
    const second = launch(['restore', images]);
    expect((await stateOf(port)).afters.at(-1)?.info).toMatchObject({
      reason: 'restored',
      generation: 2,
    });
    await end(second.child);
  });

  it('13: every hook of a copy sees the new environment, arguments, clock, randomness and stdio', async () => {
    const { images, port } = await image();
    const seen = new Set<string>();
    for (const name of ['one', 'two']) {
      const launched = Date.now();
      const copy = launch(['restore', images, '--env', `FOO=${name}`, '--', name]);
      const { afters } = await stateOf(port);
      expect(afters).toHaveLength(DOWN.length);
      for (const { FOO, args, now, random } of afters) {
        expect({ FOO, args }).toEqual({ FOO: name, args: [name] });
        expect(now).toBeGreaterThanOrEqual(launched);
        seen.add(random);
      }
      for (const resource of DOWN) {
        await waitForOutput(copy, new RegExp(`hook of ${resource}: restored`));
      }
      await end(copy.child);
    }
    expect(seen.size).toBe(2 * DOWN.length);
  });
});
