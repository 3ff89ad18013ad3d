import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint, askStatus } from '../../src/control/client.js';
import { hasEnded } from '../../src/control/location.js';
import { end, exitOf, get, startService, temporaryDirectory } from './harness.js';
import { descriptorsAtRest, descriptorsOf, mark, marked } from './traces.js';

const COMMAND = [process.execPath, resolve('test/fixtures/misbehaving.mjs')];

/** Port of a server outside the service, that ends when this test does. */
async function elsewhere(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function start(HOOK: string) {
  const images = join(temporaryDirectory(), 'image');
  const environment = { HOOK, ELSEWHERE: String(await elsewhere()), ...mark() };
  const service = await startService(COMMAND, [], environment);
  const { pid } = service.child;
  return {
    images,
    ...service,
    environment,
    everybody: [pid as number, service.pid].sort((a, b) => a - b),
  };
}

/** It serves as before, and nothing is left of the attempt: no image, process or descriptor. */
async function expectAsBefore(
  service: Awaited<ReturnType<typeof start>>,
  before: readonly string[],
) {
  expect(await get(service.port)).toMatchObject({ journal: ['aborted'] });
  expect(await askStatus(service.pid)).toMatchObject({ state: 'running', failures: 1 });
  expect(readdirSync(dirname(service.images))).toEqual([]);
  await expect.poll(() => marked(service.environment)).toEqual(service.everybody);
  await expect.poll(() => descriptorsOf(service.pid)).toEqual(before);
}

describe('a hook that misbehaves: no image, and the service serves as before', () => {
  it.each([
    ['throws', /misbehaving: cannot let go/],
    ['rejects', /misbehaving: undefined/],
    ['hangs', /misbehaving\.beforeCheckpoint exceeded its limit of 300 ms/],
    ['opens', /tcp-connected 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+/],
    ['reconnects', /tcp-connected 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+/],
  ])('%s', async (hook, message) => {
    const service = await start(hook);
    const before = await descriptorsAtRest(service.pid);
    const failure = await askCheckpoint(service.pid, {
      images: service.images,
      hookTimeoutMs: 300,
    }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'ERR_TUBTHUMP_CHECKPOINT' });
    expect(failure.message).toMatch(message);
    await expectAsBefore(service, before);
    await end(service.child);
  });

  it('calls process.exit: the service ends as told, with its status, and without an image', async () => {
    const { images, pid, child, environment } = await start('exits');
    await expect(askCheckpoint(pid, { images })).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_SERVICE_ENDED',
    });
    expect(await exitOf(child)).toEqual({ status: 7, signal: null });
    expect(hasEnded(pid)).toBe(true);
    expect(readdirSync(dirname(images))).toEqual([]);
    await expect.poll(() => marked(environment)).toEqual([]);
  });

  it('registers more hooks: they wait for the next checkpoint, and this one succeeds', async () => {
    const service = await start('registers');
    const before = await descriptorsAtRest(service.pid);
    await askCheckpoint(service.pid, { images: service.images });
    await askCheckpoint(service.pid, { images: service.images });
    expect(await get(service.port)).toMatchObject({ journal: ['resumed', 'resumed'] });
    await expect.poll(() => marked(service.environment)).toEqual(service.everybody);
    await expect.poll(() => descriptorsOf(service.pid)).toEqual(before);
    await end(service.child);
  });
});
