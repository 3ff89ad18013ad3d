import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf } from '../rpc/fake-swrk.js';
import { type Host, startHosts } from './criu-hosts.js';
import { stateOf, until } from './criu-targets.js';
import { restoreTree, startPerl, type Tree } from './criu-trees.js';

/** Answers each connection with how many there were. */
async function startCounter(host: Host): Promise<Tree> {
  // setns(2) into the network of its host.
  return await startPerl(`
    open(N, '<', '${host.namespace}'); syscall(308, fileno(N), 0) == 0 or die; close N;
    use IO::Socket::INET;
    $s = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 7777, ReuseAddr => 1) or die;
    $memory = join ',', 1 .. 300000;
    ready();
    while (1) { my $c = $s->accept or next; print $c ++$n, ' ', length $memory; close $c }`);
}

function ask(host: Host): string {
  const client =
    'use IO::Socket::INET; $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:7777") or die; print <$s>';
  return host.run('perl', '-e', client);
}

/** Dumps at `from` with the pages going straight to `to`, the small rest by file. */
async function migrate(from: Host, to: Host, tree: Tree, tls: object): Promise<string> {
  const [here, there] = [temporaryDirectory(), temporaryDirectory()];
  const pids = tree.pids();
  const server = await to.criu.startPageServerChild({
    ...{ imagesDir: there, pageServer: { address: to.address }, ...tls },
  });
  const pageServer = { address: to.address, port: server.port };
  await from.criu.dump({ pid: tree.pid, imagesDir: here, pageServer, ...tls });
  await server.wait();
  await tree.gone(pids);
  expect(readdirSync(here).filter((name) => name.startsWith('pages-'))).toEqual([]);
  for (const name of readdirSync(here)) copyFileSync(join(here, name), join(there, name));
  return there;
}

test.each([
  ['in plain text', () => ({})],
  ['with TLS', () => certificates('10.213.7.2', '10.213.7.1')],
])('a service moves from host to host through the page server, %s', async (_, tls) => {
  const [a, b] = await startHosts();
  const tree = await startCounter(a);
  const before = ask(a);
  expect(before).toMatch(/^1 \d{7}$/);
  const imagesDir = await migrate(a, b, tree, tls());
  await restoreTree(b.criu, { imagesDir });
  expect(ask(b)).toBe(before.replace('1', '2'));
  expect(() => ask(a)).toThrow();
});

test('a page server that does not trust the sender fails the dump, and the service goes on', async () => {
  const [a, b] = await startHosts();
  const tree = await startCounter(a);
  const server = await b.criu.startPageServerChild({
    ...{ imagesDir: temporaryDirectory(), pageServer: { address: b.address } },
    ...certificates(b.address, a.address),
  });
  const imagesDir = temporaryDirectory();
  const pageServer = { address: b.address, port: server.port };
  const stranger = certificates(b.address, a.address);
  const failed = server.wait().catch((error: unknown) => error);
  const error = await errorOf(a.criu.dump({ pid: tree.pid, imagesDir, pageServer, ...stranger }));
  expect(error.hint).toContain('do not trust each other');
  expect(await failed).toMatchObject({ code: 'ERR_TUBTHUMP_RPC_REFUSED' });
  await until(() => stateOf(tree.pid) === 'S');
  expect(ask(a)).toMatch(/^1 /);
});

test('pages may go through a connection of ours', async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const tree = await startPerl('$x = "x" x (4 << 20); ready(); sleep 1 while 1');
  const imagesDir = temporaryDirectory();
  const address = '127.0.0.1';
  const server = await criu.startPageServerChild({ imagesDir, pageServer: { address } });
  const socket = connect(server.port, address);
  onTestFinished(() => void socket.destroy());
  socket.pause();
  await once(socket, 'connect');
  // CRIU waits for answers by reading.
  const { _handle: handle } = socket as unknown as {
    _handle: { fd: number; setBlocking(on: boolean): void };
  };
  handle.setBlocking(true);
  const { fd } = handle;
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, pageServer: { fd } });
  socket.destroy();
  await server.wait();
  await tree.gone(pids);
  const { statistics } = await restoreTree(criu, { imagesDir });
  expect(statistics?.pagesRestored).toBeGreaterThan(1024);
});

test("a page server that is nobody's child takes one dump and ends", async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const tree = await startPerl('ready(); sleep 1 while 1');
  const imagesDir = temporaryDirectory();
  const address = '127.0.0.1';
  const { port } = await criu.startPageServer({ imagesDir, pageServer: { address } });
  const dump = { pid: tree.pid, leaveRunning: true, pageServer: { address, port } };
  await criu.dump({ ...dump, imagesDir: temporaryDirectory() });
  await until(() => readdirSync(imagesDir).some((name) => name.startsWith('pages-')));
  const error = await errorOf(criu.dump({ ...dump, imagesDir: temporaryDirectory() }));
  expect(error.message).toContain(`Can't connect to server ${address}:${port}`);
  expect(error.hint).toContain('start one for each dump');
});

test('a page server that is killed is told by wait', async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const server = await criu.startPageServerChild({ imagesDir: temporaryDirectory() });
  process.kill(server.pid, 'SIGKILL');
  await expect(server.wait()).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_RPC_REFUSED',
    message: 'page server failed: it ended with the wait status 9',
  });
});

test('a pre-dump is what the feature check says: made, or refused with the kernel option', async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const tree = await startPerl('ready(); sleep 1 while 1');
  const imagesDir = temporaryDirectory();
  const { memTrack } = await criu.featureCheck();
  const preDump = criu.preDump({ pid: tree.pid, imagesDir });
  if (memTrack) {
    expect((await preDump).statistics?.pagesWritten).toBeGreaterThan(0);
    expect(readdirSync(imagesDir)).toContain('inventory.img');
    const pids = tree.pids();
    const dumped = await criu.dumpIteratively({ pid: tree.pid, imagesDir: temporaryDirectory() });
    expect(dumped.preDumps.length).toBeGreaterThan(0);
    expect(dumped.statistics?.pagesSkippedParent).toBeGreaterThan(0);
    await tree.gone(pids);
    expect((await restoreTree(criu, { imagesDir: dumped.imagesDir })).pid).toBe(tree.pid);
    return;
  }
  const error = await errorOf(preDump);
  expect(error.code).toBe('ERR_TUBTHUMP_KERNEL');
  expect(error.message).toContain('CONFIG_MEM_SOFT_DIRTY');
  expect(readdirSync(imagesDir)).toEqual([]);
  const tracked = criu.dump({ pid: tree.pid, imagesDir, trackMem: true, leaveRunning: true });
  expect((await errorOf(tracked)).code).toBe('ERR_TUBTHUMP_KERNEL');
  const iterations = await errorOf(criu.dumpIteratively({ pid: tree.pid, imagesDir }));
  expect(iterations.code).toBe('ERR_TUBTHUMP_KERNEL');
  expect(iterations.message).toContain('CONFIG_MEM_SOFT_DIRTY');
  expect(readdirSync(imagesDir)).toEqual([]);
  expect(existsSync(`/proc/${tree.pid}`)).toBe(true);
});

/** An authority of its own, and a certificate for both ends. */
function certificates(...addresses: readonly string[]): object {
  const directory = temporaryDirectory();
  const names = addresses.map((address) => `IP:${address}`).join(',');
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=tubthump'],
      ...['-addext', `subjectAltName=${names}`],
    ],
    { stdio: 'ignore' },
  );
  // The page server does not know from which address it will be spoken to.
  return { tls: true, tlsCacert: cert, tlsCert: cert, tlsKey: key };
}
