import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, launch, temporaryDirectory } from './harness.js';
import { ask, serverOfOurs, startServers } from './servers.js';

const newImage = () => join(temporaryDirectory(), 'image');

describe('requests in flight', () => {
  it('finish before the dump, on a connection that is kept alive otherwise', async () => {
    const service = await startServers(['http']);
    const port = service.ports.http as number;
    const agent = new http.Agent({ keepAlive: true });
    await ask({ port }, '/', agent);
    const slow = ask({ port }, '/slow?ms=300', agent);
    const images = newImage();
    const checkpoint = askCheckpoint(service.pid, { images, leaveRunning: false });
    expect(await slow).toMatchObject({ number: 2 });
    expect(await checkpoint).toEqual({ service: 'ended' });
    await exitOf(service.child);
    const copy = launch(['restore', images]);
    const events = ['http listening'];
    expect(await ask({ port }, '/', agent)).toMatchObject({ number: 3, events });
    await end(copy.child);
    agent.destroy();
  });

  it('of a client that never pauses do not hold the checkpoint up', async () => {
    const service = await startServers(['http']);
    const port = service.ports.http as number;
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let stop = false;
    const busy = (async () => {
      while (!stop) await ask({ port }, '/', agent);
    })();
    const result = await askCheckpoint(service.pid, { images: newImage(), leaveRunning: true });
    expect(result.service).toBe('running');
    stop = true;
    await busy;
    agent.destroy();
    await end(service.child);
  });

  it('refuse the checkpoint past their limit, and are answered all the same', async () => {
    const service = await startServers(['http']);
    const port = service.ports.http as number;
    const slow = ask({ port }, '/slow?ms=3000');
    await ask({ port }, '/');
    const checkpoint = askCheckpoint(service.pid, { images: newImage(), graceMs: 50 });
    await expect(checkpoint).rejects.toThrow(/tcp-connected/);
    expect(await slow).toMatchObject({ kind: 'http' });
    expect(await ask({ port })).toMatchObject({ number: 3 });
    await end(service.child);
  });

  it('are cut off past their limit, if the checkpoint says so', async () => {
    const service = await startServers(['http', 'net']);
    const slow = ask({ port: service.ports.http as number }, '/slow?ms=60000');
    const cut = expect(slow).rejects.toThrow('socket hang up');
    const line = createConnection(service.ports.net as number, '127.0.0.1');
    line.write('hello\n');
    await once(line, 'data');
    const closed = once(line, 'close');
    const result = await askCheckpoint(service.pid, {
      images: newImage(),
      graceMs: 50,
      pastGrace: 'close',
      leaveRunning: true,
    });
    expect(result.service).toBe('running');
    await cut;
    await closed;
    await end(service.child);
  });
});

describe('http2', () => {
  it('sessions end when their streams have, and new ones reach the copy', async () => {
    const service = await startServers(['http2', 'http2s']);
    const urls = [
      `http://127.0.0.1:${service.ports.http2}`,
      `https://127.0.0.1:${service.ports.http2s}`,
    ];
    const sessions = urls.map((url) => http2.connect(url, { rejectUnauthorized: false }));
    for (const session of sessions) await request(session, '/');
    const slow = sessions.map((session) => request(session, '/slow?ms=300'));
    const images = newImage();
    const checkpoint = askCheckpoint(service.pid, { images, leaveRunning: false });
    for (const answer of await Promise.all(slow)) expect(answer).toMatchObject({ number: 2 });
    expect(await checkpoint).toEqual({ service: 'ended' });
    await exitOf(service.child);
    for (const session of sessions) expect(session.closed).toBe(true);

    const copy = launch(['restore', images]);
    await ask({ port: service.ports.http2 as number }).catch(() => {}); // Until it listens.
    for (const url of urls) {
      const session = http2.connect(url, { rejectUnauthorized: false });
      expect(await request(session, '/')).toMatchObject({ number: 3 });
      session.close();
    }
    await end(copy.child);
  });
});

describe('clients in the service', () => {
  it('lose idle connections before the dump, and make new ones after', async () => {
    let connections = 0;
    const upstream = http.createServer((_request, response) => response.end('from upstream'));
    upstream.keepAliveTimeout = 600_000;
    upstream.on('connection', () => connections++);
    const UPSTREAM = `http://127.0.0.1:${await serverOfOurs(upstream)}/`;
    const service = await startServers(['http'], { UPSTREAM });
    const port = service.ports.http as number;
    const both = async () => [
      (await ask({ port }, '/agent')).more,
      (await ask({ port }, '/fetch')).more,
    ];
    await both();
    // Both are kept alive.
    expect(await both()).toEqual(['reused: true', 'from upstream']);
    expect(connections).toBe(2);
    const images = newImage();
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);

    const copy = launch(['restore', images], { UPSTREAM });
    expect(await both()).toEqual(['reused: false', 'from upstream']);
    expect(await both()).toEqual(['reused: true', 'from upstream']);
    expect(connections).toBe(4);
    await end(copy.child);
    upstream.closeAllConnections();
  });

  it('that wait for answers past the limit are cut off, if the checkpoint says so', async () => {
    const upstream = http.createServer(() => {});
    const UPSTREAM = `http://127.0.0.1:${await serverOfOurs(upstream)}/`;
    const service = await startServers(['http'], { UPSTREAM });
    const port = service.ports.http as number;
    const asked = new Promise<void>((resolve) => {
      let requests = 0;
      upstream.on('request', () => {
        requests++;
        if (requests === 2) resolve();
      });
    });
    await ask({ port }, '/hang');
    await asked;
    const images = newImage();
    const refused = askCheckpoint(service.pid, { images, graceMs: 50 });
    await expect(refused).rejects.toThrow(/tcp-connected/);
    await askCheckpoint(service.pid, { images, graceMs: 50, pastGrace: 'close' });
    const { events } = await ask({ port });
    expect(events).toContain('byAgent: Error');
    expect(events).toContain('fetch: TypeError');
    await end(service.child);
  });
});

async function request(session: http2.ClientHttp2Session, path: string): Promise<unknown> {
  const stream = session.request({ ':path': path });
  let body = '';
  for await (const chunk of stream) body += chunk;
  return JSON.parse(body);
}
