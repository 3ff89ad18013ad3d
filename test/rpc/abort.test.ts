import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('a signal that was aborted before starts nothing', async () => {
  const error = await errorOf(fakeClient('silent').version({ signal: AbortSignal.abort('why') }));
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_RPC_ABORTED', cause: 'why' });
});

test('a question that is aborted ends, although CRIU never answers', async () => {
  const controller = new AbortController();
  const pending = fakeClient('silent').version({ signal: controller.signal });
  setImmediate(() => controller.abort());
  expect((await errorOf(pending)).code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
});

test('an aborted dump is undone at the next notification', async () => {
  const controller = new AbortController();
  const scripts: string[] = [];
  const pending = fakeClient('notify-until-refused').dump({
    pid: 1,
    imagesDir: temporaryDirectory(),
    signal: controller.signal,
    onNotify: ({ script }) => {
      if (scripts.push(script) === 3) controller.abort('enough');
    },
  });
  expect(await errorOf(pending)).toMatchObject({
    code: 'ERR_TUBTHUMP_RPC_ABORTED',
    cause: 'enough',
  });
  expect(scripts).toHaveLength(3);
});

test('an operation that CRIU completes after the abort counts as completed', async () => {
  const controller = new AbortController();
  const result = await fakeClient('complete-anyway').restore({
    imagesDir: temporaryDirectory(),
    signal: controller.signal,
    onNotify: () => controller.abort(),
  });
  expect(result.pid).toBe(4242);
});

test('a handler that never ends does not outlast the time limit', async () => {
  const pending = fakeClient('notify-until-refused').dump({
    pid: 1,
    imagesDir: temporaryDirectory(),
    timeoutMs: 30,
    onNotify: () => new Promise(() => {}),
  });
  expect((await errorOf(pending)).code).toBe('ERR_TUBTHUMP_RPC_TIMEOUT');
});

test('listeners do not pile up on a signal', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(signal, args);
  };
  await fakeClient('success-with-message').version({ signal });
  expect(listeners).toBe(0);
});
