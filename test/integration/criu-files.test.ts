import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { stateOf, until } from './criu-targets.js';
import { restoreTree, startPerl, startTree, type Tree } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });

/** A directory with the image of a tree that is gone. */
async function dumped(tree: Tree, options: object = {}): Promise<string> {
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, ...options });
  await tree.gone(pids);
  return imagesDir;
}

test('a file lock is taken again', async () => {
  const file = join(temporaryDirectory(), 'lock');
  const tree = await startPerl(
    `use Fcntl ':flock'; open(F, '>', '${file}'); flock(F, LOCK_EX); ready(); sleep 1 while 1`,
  );
  const isFree = () => spawnSync('flock', ['--nonblock', file, 'true']).status === 0;
  expect(isFree()).toBe(false);
  const imagesDir = await dumped(tree, { fileLocks: true });
  expect(isFree()).toBe(true);
  await restoreTree(criu, { imagesDir, fileLocks: true });
  expect(isFree()).toBe(false);
});

test('a deleted file comes back, as large as ghostLimit allows', async () => {
  const directory = temporaryDirectory();
  const [file, output] = [join(directory, 'gone'), join(directory, 'output')];
  const tree = await startPerl(`
    open(F, '+>', '${file}'); print F 'x' x (3 << 20), "end\\n"; F->flush; unlink '${file}';
    $SIG{USR1} = sub { seek(F, 3 << 20, 0); open(O, '>', '${output}'); print O <F>; close O };
    ready(); sleep 1 while 1`);
  const imagesDir = await dumped(tree, { ghostLimit: 4 << 20 });
  await restoreTree(criu, { imagesDir });
  process.kill(tree.pid, 'SIGUSR1');
  await untilSaid(output, 'end\n');
});

test('a deleted file with another name is linked again', async () => {
  const directory = temporaryDirectory();
  const [first, second] = [join(directory, 'first'), join(directory, 'second')];
  const tree = await startPerl(`
    open(F, '+>', '${first}'); F->autoflush(1); link '${first}', '${second}'; unlink '${first}';
    $SIG{USR1} = sub { print F "alive\\n" }; ready(); sleep 1 while 1`);
  const imagesDir = await dumped(tree, { linkRemap: true });
  await restoreTree(criu, { imagesDir, linkRemap: true });
  process.kill(tree.pid, 'SIGUSR1');
  await untilSaid(second, 'alive\n');
});

test('a file of another mount namespace is external, and replaced by ours', async () => {
  const directory = temporaryDirectory();
  const fresh = join(directory, 'fresh');
  // It keeps open what it wrote to in a namespace that it has left.
  const tree = await startPerl(`
    use IO::File; STDOUT->autoflush(1);
    open(my $home, '<', '/proc/self/ns/mnt');
    syscall(272, 0x20000) == 0 or die; # unshare(CLONE_NEWNS)
    system('mount --make-rprivate / && mount -t tmpfs none /mnt') == 0 or die;
    open(F, '>', '/mnt/outside'); F->autoflush(1);
    syscall(308, fileno($home), 0) == 0 or die; # setns
    close $home; chdir '/';
    $SIG{USR1} = sub { print F "alive\\n" }; ready(); sleep 1 while 1`);
  const fd = descriptorOf(tree.pid, '/outside');
  const mount = /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/${tree.pid}/fdinfo/${fd}`, 'utf8'));
  const inode = spawnSync('stat', ['-Lc%i', `/proc/${tree.pid}/fd/${fd}`], { encoding: 'utf8' });
  // CRIU has the inode in hexadecimal.
  const key = `file[${Number(mount?.[1]).toString(16)}:${Number(inode.stdout).toString(16)}]`;
  const imagesDir = await dumped(tree, { external: [key] });
  const ours = openSync(fresh, 'a');
  await restoreTree(criu, { imagesDir, inheritFd: [{ key, fd: ours }] });
  closeSync(ours);
  process.kill(tree.pid, 'SIGUSR1');
  await untilSaid(fresh, 'alive\n');
});

test('a shell job comes back into the session of CRIU', async () => {
  const child = spawn(
    process.execPath,
    [resolve('test/fixtures/shell-job.mjs'), await realCriu()],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await text(child.stdout)).toBe('alive\n\n');
});

test("the master of a terminal comes with orphanPtsMaster, and is the handler's to close", async () => {
  // script(1) makes the terminal; it is not dumped, its child is.
  const directory = temporaryDirectory();
  const typed = join(directory, 'typed');
  const program = join(directory, 'reader.pl');
  writeFileSync(
    program,
    `open(my $r, '>', "$ENV{READY}.pid"); print $r $$; close $r;
     open(R, '>', $ENV{READY}); close R;
     while (1) { sysread(STDIN, my $line, 100) or sleep 1, next; open(O, '>', '${typed}'); print O $line; close O }`,
  );
  const script = await startTree('/usr/bin/script', [
    '-qc',
    `setsid -c perl ${program}`,
    '/dev/null',
  ]);
  const reader = script
    .pids()
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `perl\0${program}\0`);
  const imagesDir = temporaryDirectory();
  const pid = reader ?? 0;
  await criu.dump({ pid, imagesDir, orphanPtsMaster: true });
  // With its master: the number of the terminal is free then.
  process.kill(script.pid, 'SIGKILL');
  await script.gone([pid, script.pid]);
  let master = -1;
  await restoreTree(criu, {
    ...{ imagesDir, orphanPtsMaster: true },
    notify: {
      orphanPtsMaster: ({ fd }) => {
        master = fd;
      },
    },
  });
  expect(readlinkSync(`/proc/self/fd/${master}`)).toContain('ptmx');
  writeSync(master, 'typed\n');
  await untilSaid(typed, 'typed\n');
  closeSync(master);
});

test('a tree that is left stopped goes on at SIGCONT', async () => {
  const tree = await startPerl('ready(); sleep 1 while 1');
  const options = { pid: tree.pid, imagesDir: temporaryDirectory(), leaveStopped: true };
  await criu.dump(options);
  await until(() => stateOf(tree.pid) === 'T');
  process.kill(tree.pid, 'SIGCONT');
  await until(() => stateOf(tree.pid) === 'S');
});

test('a control group that is gone is made again', async () => {
  const group = `/sys/fs/cgroup/freezer/tubthump-test-${process.pid}`;
  mkdirSync(group);
  onTestFinished(() => rmdirSync(group));
  const tree = await startPerl('ready(); sleep 1 while 1');
  writeFileSync(join(group, 'cgroup.procs'), String(tree.pid));
  const imagesDir = await dumped(tree, { manageCgroups: 'soft' });
  rmdirSync(group);
  await restoreTree(criu, { imagesDir, manageCgroups: 'soft' });
  expect(readFileSync(join(group, 'cgroup.procs'), 'utf8')).toBe(`${tree.pid}\n`);
  process.kill(tree.pid, 'SIGKILL');
  await until(() => readFileSync(join(group, 'cgroup.procs'), 'utf8') === '');
});

function descriptorOf(pid: number, suffix: string): number {
  const found = [...Array(64).keys()].find((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).endsWith(suffix);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${pid} has no ${suffix} open`);
  return found;
}

async function untilSaid(file: string, text: string): Promise<void> {
  await until(() => {
    try {
      return readFileSync(file, 'utf8') === text;
    } catch {
      return false; // Not there yet.
    }
  });
}
