import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import type { MemoryGain } from '../../src/engine/engine.js';
import { end, exitOf, launch, manifestOf, startService, temporaryDirectory } from './harness.js';
import { ask, freePort, serverOfOurs, startServers } from './servers.js';
import { filesWith, imageOf, startState, stateOf } from './state.js';

/** What the runtime steps know of Node's insides has to hold in each of these; 20 runs the others. */
describe.each([22, 24, 26])('Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it('listens again elsewhere, and its clients connect anew', async () => {
    const upstream = http.createServer((_request, response) => response.end('from upstream'));
    upstream.keepAliveTimeout = 600_000;
    const UPSTREAM = `http://127.0.0.1:${await serverOfOurs(upstream)}/`;
    const service = await startServers(
      ['http', 'https', 'http2', 'net', 'unix'],
      { UPSTREAM },
      node,
    );
    const http1 = { port: service.ports.http as number };
    const kept = new http.Agent({ keepAlive: true });
    await ask(http1, '/agent', kept);
    await ask(http1, '/fetch', kept);
    const images = join(temporaryDirectory(), 'image');
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    kept.destroy();

    const port = await freePort();
    const copy = launch(['restore', images, '--listen', `${http1.port}=${port}`], { UPSTREAM });
    const first = await ask({ port }, '/agent');
    expect(first).toMatchObject({ number: 3, more: 'reused: false' });
    expect(first.events.filter((event) => event.startsWith('http '))).toEqual(['http listening']);
    expect(await ask({ port }, '/fetch')).toMatchObject({ more: 'from upstream' });
    expect(await ask({ port }, '/agent')).toMatchObject({ more: 'reused: true' });
    expect(await ask({ socketPath: service.socket })).toMatchObject({ kind: 'unix' });
    await end(copy.child);
    upstream.closeAllConnections();
  });

  it('sets timers by the wall clock, and scrubs secrets', async () => {
    const TOKEN = `token-${Math.random()}-${Math.random()}`;
    const TIMERS = JSON.stringify({ hour: 3_600_000, 'interval of an hour': 3_600_000, day: 9e7 });
    const service = await startState({ TIMERS, SECRET_NAME: 'TOKEN', TOKEN }, node);
    const images = await imageOf(service, { timers: 'wall-clock', scrub: ['TOKEN'] });
    for (const encoding of ['latin1', 'utf16le'] as const) {
      expect(filesWith(Buffer.from(TOKEN, encoding), images)).toEqual([]);
    }
    const file = join(images, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...manifest, createdAt: manifest.createdAt - 36e6 }));
    const copy = launch(['restore', images], { TOKEN });
    let state = await stateOf(service.port);
    while (!state.fired.hour || !state.fired['interval of an hour']) {
      await sleep(10);
      state = await stateOf(service.port);
    }
    expect(Object.keys(state.fired).sort()).toEqual(['hour', 'interval of an hour']);
    expect(state.ticks).toHaveLength(2);
    expect(state.environment.TOKEN).toBe(TOKEN);
    await end(copy.child);
  });

  it('gives back what the application let go of', async () => {
    const service = await startService([node, resolve('test/fixtures/garbage.mjs')]);
    const { memory } = manifestOf(await imageOf(service)) as unknown as { memory: MemoryGain };
    // Whether the collector found them before or only now: they are in no image. What is left of the
    // heap is mostly an empty young generation.
    expect(memory.after.heap).toBeLessThan(70e6);
    expect(memory.after.buffers).toBeLessThan(10e6);
  });
});
