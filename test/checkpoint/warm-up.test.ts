import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { warmUp } from '../../src/checkpoint/warm-up.js';

it('sends its requests in turns, over one connection after the other, and leaves none open', async () => {
  const paths: string[] = [];
  let connections = 0;
  let open = 0;
  const server = createServer((request, response) => {
    paths.push(request.url as string);
    response.end();
  }).listen(0, '127.0.0.1');
  server.on('connection', (socket) => {
    connections++;
    open++;
    socket.once('close', () => open--);
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const urls = ['/a', '/b'].map((path) => `http://127.0.0.1:${port}${path}`);
  await warmUp({ urls, requests: 100, timeoutMs: 10_000, assertAlive() {} });
  await vi.waitFor(() => expect(open).toBe(0));
  server.close();
  expect(paths.filter((path) => path === '/a')).toHaveLength(100);
  expect(paths.slice(0, 6)).toEqual(['/a', '/b', '/a', '/b', '/a', '/b']);
  expect(connections).toBe(5);
});
