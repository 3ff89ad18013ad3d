import { closeSync, readSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notification } from '../../src/rpc/index.js';
import { temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, fakeClient, noneLeft, sessionDescriptors } from './fake-swrk.js';

let before: string[];

beforeEach(async () => {
  await fakeClient('success-with-message').version();
  before = sessionDescriptors();
});

afterEach(async () => {
  expect(sessionDescriptors()).toEqual(before);
  expect(await noneLeft()).toBe(true);
});

function dump(behaviour: string, onNotify?: (notification: Notification) => void | Promise<void>) {
  return fakeClient(behaviour).dump({ pid: 1, imagesDir: temporaryDirectory(), onNotify });
}

test('each notification is answered after its handler, one at a time', async () => {
  let running = 0;
  let seen = 0;
  await dump('storm', async ({ script }) => {
    expect(script).toBe('post-dump');
    running += 1;
    expect(running).toBe(1);
    await turn();
    running -= 1;
    seen += 1;
  });
  expect(seen).toBe(2000);
});

test('without a handler every notification is answered with success', async () => {
  expect(await dump('storm')).toEqual({ restored: false });
});

test('a script that nobody knows reaches the handler', async () => {
  const scripts: string[] = [];
  await dump('unknown-script', ({ script }) => void scripts.push(script));
  expect(scripts).toEqual(['a-script-of-tomorrow']);
});

test.each([
  ['notify-until-refused', 'an operation that CRIU undoes'],
  ['complete-anyway', 'also one that CRIU completes'],
])('a handler that throws fails %s: %s', async (behaviour) => {
  const cause = new Error('the database is busy');
  const error = await errorOf(
    dump(behaviour, () => {
      throw cause;
    }),
  );
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_REFUSED');
  expect(error.message).toContain('the database is busy');
  expect(error.cause).toBe(cause);
});

test('a handler that rejects fails the operation with its reason as cause', async () => {
  const error = await errorOf(
    dump('notify-until-refused', () => Promise.reject('no error object')),
  );
  expect(error.cause).toBe('no error object');
});

test('descriptors that the handler takes are its own, others are closed', async () => {
  const text = Buffer.alloc(8);
  await dump('descriptors', (notification) => {
    const taken = notification.takeDescriptors();
    expect(taken).toHaveLength(2);
    expect(notification.takeDescriptors()).toEqual([]);
    readSync(taken[0] ?? -1, text, 0, 8, 0);
    for (const fd of taken) closeSync(fd);
  });
  expect(text.toString()).toBe('terminal');
  await dump('descriptors');
});
