import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Core } from '../../src/core/default.js';
import { SIMULATE } from './cores.js';

const SCRIPT = resolve('test/fixtures/worker.mjs');
const workers: Worker[] = [];

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate();
});

interface Data {
  readonly name: string;
  readonly behaviour?: 'throws' | 'busy' | 'ends';
  readonly nested?: Data;
}

async function start(workerData: Data, script = SCRIPT): Promise<Worker> {
  const worker = new Worker(script, { workerData });
  workers.push(worker);
  await once(worker, 'message');
  return worker;
}

async function journalOf(worker: Worker): Promise<string[]> {
  worker.postMessage('tell');
  const [{ journal }] = await once(worker, 'message');
  return journal;
}

async function failureOf(options: object): Promise<{ code: string; message: string }> {
  return await Core.checkpointRestore({ ...SIMULATE, ...options }).then(
    () => ({ code: 'none', message: 'nothing failed' }),
    (error) => error,
  );
}

describe('17: worker threads', () => {
  it('17: a checkpoint quiesces them all, through their own contexts', async () => {
    const all = [await start({ name: 'one' }), await start({ name: 'two' })];
    await Core.checkpointRestore(SIMULATE);
    for (const worker of all) expect(await journalOf(worker)).toEqual(['before', 'resumed']);
    await Core.checkpointRestore(SIMULATE);
    for (const worker of all) expect((await journalOf(worker)).length).toBe(4);
  });

  it('17: they are resources of the thread that started them, named by the line that did', async () => {
    const worker = await start({ name: 'one' });
    expect(Core.status().resources).toContainEqual(
      expect.stringMatching(
        /^servers\/workers\/worker \d+ \(started at test\/contract\/17-workers.test.ts:\d+:\d+\)$/,
      ),
    );
    await worker.terminate();
    expect(Core.status().resources.join()).not.toContain('worker ');
  });

  it('17: one that throws is named with its resource, and all are woken', async () => {
    const good = await start({ name: 'good' });
    const bad = await start({ name: 'bad', behaviour: 'throws' });
    const { code, message } = await failureOf({});
    expect(code).toBe('ERR_TUBTHUMP_CHECKPOINT');
    expect(message).toMatch(/worker \d+ \(started at .*\)\/bad: cannot let go/);
    for (const worker of [good, bad])
      expect(await journalOf(worker)).toEqual(['before', 'aborted']);
  });

  it('17: one that is busy is named, and the checkpoint fails', async () => {
    const good = await start({ name: 'good' });
    await start({ name: 'never', behaviour: 'busy' });
    const { message } = await failureOf({ hookTimeoutMs: 200 });
    expect(message).toMatch(
      /worker \d+ \(started at .*\)\.beforeCheckpoint exceeded its limit of 200 ms/,
    );
    expect(await journalOf(good)).toEqual(['before', 'aborted']);
  });

  it('17: one that ends meanwhile does not hold the checkpoint up', async () => {
    const worker = await start({ name: 'short', behaviour: 'ends' });
    const ended = once(worker, 'exit');
    await Core.checkpointRestore(SIMULATE);
    await ended;
  });

  it('17: workers of workers too, named by the way to them', async () => {
    await start({ name: 'outer', nested: { name: 'inner', behaviour: 'throws' } });
    const { message } = await failureOf({});
    expect(message).toMatch(/worker \d+ \(.*\)\/worker \d+ \(.*\)\/inner: cannot let go/);
  });

  it('17: a worker cannot ask for a checkpoint itself', async () => {
    const worker = await start({ name: 'one' });
    worker.postMessage('tell');
    const [{ refused }] = await once(worker, 'message');
    expect(refused).toBe('ERR_TUBTHUMP_WORKER');
  });
});
