import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REMEDIES } from '../../src/criu/remedies.js';
import { CriuClient, type DumpOptions } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf } from '../rpc/fake-swrk.js';
import { until } from './criu-targets.js';
import { restoreTree, startPerl, startTree, type Tree } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });
const WAIT = 'ready(); sleep 1 while 1';
const CONNECTED = `use IO::Socket::INET;
  $l = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1');
  $c = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $l->sockport); $s = $l->accept; ${WAIT}`;

/** A failure of the real CRIU, by the cause that it has. */
const DUMPS: Record<string, () => Promise<readonly [Tree | number, Partial<DumpOptions>?]>> = {
  'tcp-established': async () => [await startPerl(CONNECTED)],
  'iptables-missing': async () => [
    await startPerl(CONNECTED),
    { tcpEstablished: true, networkLock: 'iptables' },
  ],
  'unix-external': async () => [await startPerl(WAIT, { stdio: ['pipe', 'ignore', 'ignore'] })],
  'unix-half': async () => [
    await startPerl(WAIT, { stdio: ['pipe', 'ignore', 'ignore'] }),
    { extUnixSk: true },
  ],
  'file-locks': async () => [
    await startPerl(
      `use Fcntl ':flock'; open(F, '>', '${file('lock')}'); flock(F, LOCK_EX); ${WAIT}`,
    ),
  ],
  'ghost-limit': async () => {
    const path = file('gone');
    return [
      await startPerl(
        `open(F, '>', '${path}'); print F 'x' x 9999; F->flush; unlink '${path}'; ${WAIT}`,
      ),
      { ghostLimit: 1 },
    ];
  },
  'link-remap': async () => {
    const path = file('first');
    return [
      await startPerl(
        `open(F, '>', '${path}'); link '${path}', '${path}2'; unlink '${path}'; ${WAIT}`,
      ),
    ];
  },
  'shell-job': async () => [await startPerl(WAIT, { detached: false })],
  terminal: async () => {
    const waiting = `open(my $f, '>', $ENV{READY}); close $f; sleep 1 while 1`;
    const program = file('wait.pl');
    writeFileSync(program, waiting);
    const script = await startTree('/usr/bin/script', ['-qc', `exec perl ${program}`, '/dev/null']);
    return [script.pids().find((pid) => pid !== script.pid) ?? 0];
  },
  'external-file': async () => [
    await startTree('/usr/bin/unshare', ['-m', 'sh', '-c', ': > $READY; exec sleep 1000']),
  ],
  // io_uring_setup(2); where it is blocked, there is nothing to fail.
  'io-uring': async () => [
    await startPerl(`syscall(425, 4, my $p = "\\0" x 120) == -1 and die $!; ${WAIT}`),
  ],
  device: async () => [await startPerl(`open(F, '<', '/dev/fuse') or die; ${WAIT}`)],
  traced: async () => {
    const tree = await startPerl(WAIT);
    // ptrace(PTRACE_ATTACH)
    await startPerl(`syscall(101, 16, ${tree.pid}, 0, 0) == -1 and die; wait; ${WAIT}`);
    return [tree];
  },
  'no-process': async () => [4_194_303],
  'page-server-unreachable': async () => [
    await startPerl(WAIT),
    { pageServer: { address: '127.0.0.1', port: 1 } },
  ],
};

test.each(Object.entries(DUMPS))(
  'a dump that fails for %s says what to do',
  async (cause, make) => {
    const [target, options = {}] = await make();
    const pid = typeof target === 'number' ? target : target.pid;
    // Without iptables in its PATH, whatever this machine has.
    const client =
      cause === 'iptables-missing'
        ? new CriuClient({ criu: await realCriu(), environment: { PATH: '/nowhere' } })
        : criu;
    const error = await errorOf(client.dump({ pid, imagesDir: temporaryDirectory(), ...options }));
    expect(error.code).toBe('ERR_TUBTHUMP_DUMP_FAILED');
    expect(error.hint).toBe(remedyFor(cause));
  },
);

/** What is done to the open file `path` between dump and restore. */
const CHANGES: Record<string, (path: string) => void> = {
  'file-size': (path) => appendFileSync(path, 'more'),
  'file-mode': (path) => chmodSync(path, 0o600),
  'file-missing': (path) => rmSync(path),
};

test.each(Object.entries(CHANGES))(
  'a restore that fails for %s says what to do',
  async (cause, change) => {
    const path = file('open');
    const out = openSync(path, 'w', 0o644);
    const tree = await startPerl(WAIT, { stdio: ['ignore', out, 'ignore'] });
    closeSync(out);
    const imagesDir = await dumped(tree);
    change(path);
    const error = await errorOf(restoreTree(criu, { imagesDir }));
    expect(error.code).toBe('ERR_TUBTHUMP_RESTORE_FAILED');
    expect(error.hint).toBe(remedyFor(cause));
  },
);

test('a program that was replaced by another of the same size is told by its build-id', async () => {
  const program = file('perl');
  copyFileSync('/usr/bin/perl', program);
  chmodSync(program, 0o755);
  const ready = 'open(F, ">", $ENV{READY}); close F; sleep 1 while 1';
  const tree = await startTree(program, ['-e', ready]);
  const imagesDir = await dumped(tree);
  const bytes = readFileSync(program);
  // NT_GNU_BUILD_ID: name size 4, description size 20, type 3, "GNU".
  const note = bytes.indexOf(Buffer.from('040000001400000003000000474e5500', 'hex'));
  expect(note).toBeGreaterThan(0);
  bytes[note + 16] = 255 - (bytes[note + 16] ?? 0);
  rmSync(program);
  writeFileSync(program, bytes, { mode: 0o755 });
  const error = await errorOf(restoreTree(criu, { imagesDir }));
  expect(error.hint).toBe(remedyFor('file-build-id'));
});

test('a pid that is taken, an image that is none', async () => {
  const tree = await startPerl(WAIT);
  const imagesDir = temporaryDirectory();
  await criu.dump({ pid: tree.pid, imagesDir, leaveRunning: true });
  expect((await errorOf(criu.restore({ imagesDir }))).hint).toBe(remedyFor('pid-taken'));
  const empty = await errorOf(criu.restore({ imagesDir: temporaryDirectory() }));
  expect(empty.hint).toBe(remedyFor('no-image'));
});

async function dumped(tree: Tree): Promise<string> {
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir });
  await tree.gone(pids);
  await until(() => tree.pids().length === 0);
  return imagesDir;
}

function file(name: string): string {
  return join(temporaryDirectory(), name);
}

function remedyFor(cause: string): string | undefined {
  return REMEDIES.find((it) => it.cause === cause)?.remedy;
}
