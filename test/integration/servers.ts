import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach } from 'vitest';
import { launch, type Running, temporaryDirectory, waitForOutput } from './harness.js';

const SERVERS = resolve('test/fixtures/servers.mjs');

export interface Answer {
  readonly kind: string;
  readonly number: number;
  readonly pid: number;
  /** What the application's listeners saw: `http listening`. */
  readonly events: readonly string[];
  readonly more?: unknown;
}

export interface Servers extends Running {
  readonly pid: number;
  readonly ports: Readonly<Record<string, number>>;
  /** The path of its Unix-domain socket. */
  readonly socket: string;
}

/** Starts servers of these kinds under the launcher. */
export async function startServers(
  kinds: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  node: string = process.execPath,
): Promise<Servers> {
  const directory = temporaryDirectory();
  const socket = join(directory, 'service.sock');
  if (kinds.some((kind) => kind.endsWith('s'))) makeCertificate(directory);
  const running = launch(['run', '--', node, SERVERS], {
    KINDS: kinds.join(','),
    SOCKET: socket,
    TLS_DIR: kinds.some((kind) => kind.endsWith('s')) ? directory : '',
    ...environment,
  });
  const { pid, ports } = JSON.parse(await waitForOutput(running, /ready (\{.*\})/));
  return { ...running, pid, ports, socket };
}

function makeCertificate(directory: string): void {
  const files = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const args = ['req', '-x509', ...kind, '-subj', '/CN=localhost', '-days', '2', ...files];
  execFileSync('openssl', args, { stdio: 'pipe' });
}

/**
 * One request; waits while nobody listens there yet. As HTTP clients do it asks once more when a
 * connection that was kept alive ended under its request.
 */
export async function ask(
  to: { port: number; host?: string } | { socketPath: string },
  path = '/',
  agent: http.Agent | false = false,
): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return await askOnce({ host: '127.0.0.1', ...to, path, agent });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const again = ['ECONNREFUSED', 'ENOENT', 'REUSED'].includes(code ?? '');
      if (tries > 500 || !again) throw error;
      await new Promise((done) => setTimeout(done, 10));
    }
  }
}

function askOnce(options: http.RequestOptions): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = http.get(options, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      done(JSON.parse(body) as Answer);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      fail(request.reusedSocket && error.code === 'ECONNRESET' ? { code: 'REUSED' } : error);
    });
  });
}

const others = new Set<Server>();

afterEach(() => {
  for (const server of others) server.close();
  others.clear();
});

/** A server of the test's own on a free port; closed after the test. */
export async function serverOfOurs<T extends Server>(server: T, port = 0): Promise<number> {
  others.add(server.listen(port, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await serverOfOurs(server);
  others.delete(server);
  await new Promise((done) => server.close(done));
  return port;
}
