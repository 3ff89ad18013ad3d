import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf } from '../rpc/fake-swrk.js';
import { endCopy, startService, until } from './criu-targets.js';
import { restoreTree, startPerl } from './criu-trees.js';

const criu = await realCriu();

/** A client for each way to CRIU. */
const ways = [
  ['swrk', async () => new CriuClient({ criu })],
  ['service', async () => new CriuClient({ service: await startService(criu) })],
] as const;

test.each(ways)('cpuinfo is dumped, and fits this processor, through %s', async (_, connect) => {
  const client = await connect();
  const imagesDir = temporaryDirectory();
  await client.cpuinfoDump({ imagesDir });
  expect(readdirSync(imagesDir)).toContain('cpuinfo.img');
  await client.cpuinfoCheck({ imagesDir, cpuCap: ['ins'] });
  truncateSync(join(imagesDir, 'cpuinfo.img'), 8);
  const error = await errorOf(client.cpuinfoCheck({ imagesDir }));
  expect(error.code).toBe('ERR_TUBTHUMP_IMAGE_MISMATCH');
  const missing = client.cpuinfoCheck({ imagesDir: join(imagesDir, 'none') });
  expect((await errorOf(missing)).code).toBe('ERR_TUBTHUMP_IMAGE_MISSING');
});

test.each(ways)('a page server is started, used and waited for through %s', async (_, connect) => {
  const client = await connect();
  const tree = await startPerl('ready(); sleep 1 while 1');
  const imagesDir = temporaryDirectory();
  const address = '127.0.0.1';
  const server = await client.startPageServerChild({ imagesDir, pageServer: { address } });
  const pageServer = { address, port: server.port };
  const pids = tree.pids();
  const { statistics } = await client.dump({ pid: tree.pid, imagesDir, pageServer });
  await server.wait();
  expect(readdirSync(imagesDir).filter((name) => name.startsWith('pages-'))).toHaveLength(1);
  await tree.gone(pids);
  const restored = await restoreTree(client, { imagesDir });
  expect(restored.statistics?.pagesRestored).toBe(statistics?.pagesWritten);
});

test.each(ways)('a page server that gets no pages says why, through %s', async (_, connect) => {
  const client = await connect();
  const tls = { tls: true, tlsCert: '/nowhere/cert.pem', tlsKey: '/nowhere/key.pem' };
  const pageServer = { address: '127.0.0.1' };
  const imagesDir = temporaryDirectory();
  const server = await client.startPageServerChild({ imagesDir, pageServer, ...tls });
  const socket = connectTo(server.port, pageServer.address);
  const error = await errorOf(server.wait());
  socket.destroy();
  expect(error.message).toContain('Failed to set certificate/private key pair');
  expect(error.hint).toContain('tlsKey');
});

test('waiting for a page server has limits of its own', async () => {
  const client = new CriuClient({ criu });
  const server = await client.startPageServerChild({ imagesDir: temporaryDirectory() });
  const controller = new AbortController();
  const waiting = server.wait({ signal: controller.signal });
  controller.abort();
  expect((await errorOf(waiting)).code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
  process.kill(server.pid, 'SIGKILL');
});

test('a process dumps itself through a CRIU of its own, and its copy goes on', async () => {
  const [imagesDir, output] = [temporaryDirectory(), join(temporaryDirectory(), 'output')];
  const said = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');
  const program = `
    import { appendFileSync } from 'node:fs';
    import { CriuClient } from ${JSON.stringify(resolve('dist/index.js'))};
    const [criu, imagesDir, output] = process.argv.slice(1);
    const client = new CriuClient({ criu });
    const { restored, statistics } = await client.dumpSelf({ imagesDir });
    appendFileSync(output, restored ? 'restored ' + process.pid : 'went on');
    setInterval(() => {}, 1000);`;
  // Later ones use io_uring unless the launcher starts them.
  const node = resolve('test/node-versions/node_modules/node-20/bin/node');
  const args = ['--input-type=module', '-e', program, criu, imagesDir, output];
  const child = spawn(node, args, { stdio: 'ignore', detached: true, env: {} });
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  expect(said()).toBe('');

  const { pid } = await restoreTree(new CriuClient({ criu }), { imagesDir });
  expect(pid).toBe(child.pid);
  await until(() => said() === `restored ${pid}`);
  await endCopy(pid);
});
