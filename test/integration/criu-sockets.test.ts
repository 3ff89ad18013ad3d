import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fstatSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf } from '../rpc/fake-swrk.js';
import { until } from './criu-targets.js';
import { restoreTree, startPerl, type Tree } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });

/** Parent and child with a TCP connection between them: at SIGUSR1 the child sends, the parent notes. */
async function startConnected(output: string): Promise<Tree> {
  return await startPerl(`
    use IO::Socket::INET;
    my $listener = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', ReuseAddr => 1);
    unless (fork) {
      my $peer = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $listener->sockport, ReuseAddr => 1);
      $SIG{USR1} = sub { syswrite($peer, ++$count . "\\n") };
      kill 'USR1', $$; ready(); sleep 1 while 1;
    }
    my $peer = $listener->accept;
    open(my $out, '>', '${output}'); $out->autoflush(1);
    while (1) { print $out (defined($line = <$peer>) ? $line : "closed\\n"); sleep 1 unless defined $line }`);
}

function childOf(tree: Tree): number {
  const [, child] = tree.pids();
  if (child === undefined) throw new Error('it has no child');
  return child;
}

const lock = { networkLock: 'nftables' } as const;

test('an established TCP connection between two processes comes back', async () => {
  const output = join(temporaryDirectory(), 'output');
  const tree = await startConnected(output);
  await until(() => readFileSync(output, 'utf8') === '1\n');
  const imagesDir = temporaryDirectory();
  const [pids, child] = [tree.pids(), childOf(tree)];
  const told: string[] = [];
  await criu.dump({
    ...{ pid: tree.pid, imagesDir, tcpEstablished: true, ...lock },
    onNotify: ({ script }) => void told.push(script),
  });
  expect(told).toEqual(['pre-dump', 'query-ext-files', 'post-dump']);
  await tree.gone(pids);
  await restoreTree(criu, { imagesDir, tcpEstablished: true, ...lock });
  process.kill(child, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === '1\n2\n');
});

test('with tcpClose it comes back closed', async () => {
  const output = join(temporaryDirectory(), 'output');
  const tree = await startConnected(output);
  await until(() => readFileSync(output, 'utf8') === '1\n');
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, tcpClose: true, networkLock: 'skip' });
  await tree.gone(pids);
  await restoreTree(criu, { imagesDir, tcpClose: true });
  await until(() => readFileSync(output, 'utf8').startsWith('1\nclosed\n'));
});

test('a connection that nobody accepted yet is left out', async () => {
  const tree = await startPerl(`
    use IO::Socket::INET;
    $listener = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1');
    unless (fork) {
      $peer = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $listener->sockport);
      ready(); sleep 1 while 1;
    }
    sleep 1 while 1;`);
  const dump = { pid: tree.pid, tcpEstablished: true, ...lock, leaveRunning: true };
  const refused = await errorOf(criu.dump({ ...dump, imagesDir: temporaryDirectory() }));
  expect(refused.message).toContain('In-flight connection');
  await criu.dump({ ...dump, imagesDir: temporaryDirectory(), tcpSkipInFlight: true });
});

/** Our end of a socketpair, the other of which is the standard input of a child of ours: a helper holds it. */
async function startWithSocket(output: string): Promise<{ tree: Tree; stdin: string }> {
  const tree = await startPerl(
    `open(my $out, '>', '${output}'); $out->autoflush(1); ready(); while (1) { print $out (<STDIN> // next) }`,
    // Node makes its pipes of unix sockets.
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );
  return { tree, stdin: readlinkSync(`/proc/${tree.pid}/fd/0`) };
}

test('a unix socket with its peer outside is replaced by a new one', async () => {
  const output = join(temporaryDirectory(), 'output');
  const { tree, stdin } = await startWithSocket(output);
  const inode = Number(/^socket:\[(\d+)\]$/.exec(stdin)?.[1]);
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, external: [`unix[${inode}]`] });
  await tree.gone(pids);

  const { fd, peer } = await socketFor();
  await restoreTree(criu, { imagesDir, inheritFd: [{ key: stdin, fd }] });
  peer.stdin?.write('hello\n');
  await until(() => readFileSync(output, 'utf8') === 'hello\n');
});

test('what stays outside may be told when CRIU asks for it', async () => {
  const { tree, stdin } = await startWithSocket('/dev/null');
  const external = [stdin.replace('socket:', 'unix')];
  const dump = { pid: tree.pid, leaveRunning: true };
  await criu.dump({
    ...dump,
    imagesDir: temporaryDirectory(),
    notify: { queryExtFiles: async () => external },
  });
  const wrong = { queryExtFiles: () => [7] as unknown as string[] };
  const error = await errorOf(
    criu.dump({ ...dump, imagesDir: temporaryDirectory(), notify: wrong }),
  );
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_REFUSED');
  expect(error.message).toContain('has to return an array of non-empty strings');
});

test('extUnixSk reconnects a datagram socket to its peer outside', async () => {
  const directory = temporaryDirectory();
  const [log, output] = [join(directory, 'log.socket'), join(directory, 'output')];
  const listener = await startPerl(`
    use IO::Socket::UNIX; use Socket;
    my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => '${log}');
    open(my $out, '>', '${output}'); $out->autoflush(1); ready();
    while (1) { $s->recv(my $text, 100); print $out $text }`);
  const tree = await startPerl(`
    use IO::Socket::UNIX; use Socket;
    my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => '${log}');
    $SIG{USR1} = sub { $s->send("alive\\n") }; ready(); sleep 1 while 1;`);
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, extUnixSk: true });
  await tree.gone(pids);
  await restoreTree(criu, { imagesDir, extUnixSk: true });
  process.kill(tree.pid, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === 'alive\n');
  expect(listener.pids()).toHaveLength(1);
});

/** A unix socket of ours, and a child with its peer as standard input that copies lines to it. */
async function socketFor(): Promise<{ fd: number; peer: ChildProcess }> {
  const path = join(temporaryDirectory(), 'peer.socket');
  // Paused: it is not for us to read from it.
  const server = createServer({ pauseOnConnect: true }).listen(path);
  await once(server, 'listening');
  const code = `use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => '${path}'); $s->autoflush(1); print $s $_ while <STDIN>;`;
  const peer = spawn('/usr/bin/perl', ['-e', code], { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(async () => {
    peer.kill('SIGKILL');
    server.close();
  });
  const [socket] = await once(server, 'connection');
  onTestFinished(() => socket.destroy());
  const { fd } = (socket as { _handle: { fd: number } })._handle;
  expect(fstatSync(fd).isSocket()).toBe(true);
  return { fd, peer };
}
