import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { parentOf, until } from './criu-targets.js';
import { restoreTree, startPerl, startTree, type Tree } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });

/** Dumps a tree to its end and brings it back. */
async function dumpAndRestore(tree: Tree, options: object = {}, restoring: object = options) {
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  const dumped = await criu.dump({ pid: tree.pid, imagesDir, ...options });
  await tree.gone(pids);
  const restored = await restoreTree(criu, { imagesDir, ...restoring });
  expect(restored.pid).toBe(tree.pid);
  expect(tree.pids().sort()).toEqual(pids.sort());
  return { dumped, restored, imagesDir };
}

test('a tree of three generations comes back with its pids, parents and sessions', async () => {
  const output = join(temporaryDirectory(), 'output');
  const tree = await startPerl(`
    use POSIX;
    open(my $out, '>', '${output}'); $out->autoflush(1);
    unless (fork) {
      POSIX::setsid();
      unless (fork) {
        $SIG{USR1} = sub { print $out "grandchild " . getppid() . "\\n" };
        ready(); sleep 1 while 1;
      }
      wait; exit;
    }
    sleep 1 while 1;`);
  const [, ...below] = tree.pids();
  expect(below).toHaveLength(2);
  const grandchild = below.find((pid) => parentOf(pid) !== tree.pid) ?? 0;
  const child = parentOf(grandchild);
  const session = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[5];
  await dumpAndRestore(tree);
  expect(parentOf(child)).toBe(tree.pid);
  expect(session(grandchild)).toBe(String(child));
  process.kill(grandchild, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === `grandchild ${child}\n`);
});

test('`producer | filter`: what is in the pipe comes back, and what follows arrives', async () => {
  const directory = temporaryDirectory();
  const output = join(directory, 'output');
  const out = openSync(output, 'w');
  // The filter reads only when it is told, so that the pipe is full at the dump.
  const producer =
    '$| = 1; $SIG{USR1} = sub { print "after\\n" }; print "before\\n"; sleep 1 while 1';
  const filter = `$SIG{USR1} = sub { $go = 1 }; open(F, ">", $ENV{READY}); sleep 1 until $go; $| = 1; while (<STDIN>) { print uc }`;
  const tree = await startTree('/bin/sh', ['-c', 'perl -e "$PRODUCER" | perl -e "$FILTER"'], {
    stdio: ['ignore', out, 'ignore'],
    env: { PRODUCER: producer, FILTER: filter },
  });
  closeSync(out);
  const names = new Map(
    tree.pids().map((pid) => [readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[2], pid]),
  );
  expect(names.size).toBe(3);
  await dumpAndRestore(tree);
  process.kill(names.get(filter) ?? 0, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === 'BEFORE\n');
  process.kill(names.get(producer) ?? 0, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === 'BEFORE\nAFTER\n');
});

test('a C program with threads goes on counting where it was', async () => {
  const directory = temporaryDirectory();
  const [source, program] = [join(directory, 'count.c'), join(directory, 'count')];
  writeFileSync(
    source,
    `#include <pthread.h>
     #include <stdio.h>
     #include <stdlib.h>
     #include <unistd.h>
     static long counts[3];
     static void *count(void *at) { for (;;) { ++*(volatile long *)at; usleep(1000); } }
     int main(int argc, char **argv) {
       pthread_t thread;
       for (int i = 0; i < 3; i++) pthread_create(&thread, 0, count, &counts[i]);
       fclose(fopen(getenv("READY"), "w"));
       for (;;) {
         FILE *f = fopen(argv[1], "w");
         fprintf(f, "%ld %ld %ld\\n", counts[0], counts[1], counts[2]);
         fclose(f);
         rename(argv[1], argv[2]);
         usleep(5000);
       }
     }`,
  );
  execFileSync('cc', ['-pthread', '-o', program, source]);
  const said = join(directory, 'said');
  const counts = () => readFileSync(said, 'utf8').split(' ').map(Number);
  const tree = await startTree(program, [`${said}.new`, said]);
  await until(() => {
    try {
      return counts().every((count) => count > 3);
    } catch {
      return false;
    }
  });
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir });
  await tree.gone(pids);
  const before = counts();
  await restoreTree(criu, { imagesDir });
  await until(() => counts().every((count, index) => count > (before[index] ?? 0)));
  expect(
    execFileSync('ls', [`/proc/${tree.pid}/task`])
      .toString()
      .trim()
      .split('\n'),
  ).toHaveLength(4);
});

test('a Python program keeps its generator, its open file and its child', async () => {
  const output = join(temporaryDirectory(), 'output');
  const program = `
import os, signal, subprocess, sys
out = open(${JSON.stringify(output)}, 'w')
child = subprocess.Popen(['sleep', '1000'])
squares = (n * n for n in range(1000))
def tell(*_):
    print(next(squares), child.poll(), file=out, flush=True)
signal.signal(signal.SIGUSR1, tell)
tell(); tell(); tell()
open(os.environ['READY'], 'w').close()
while True: signal.pause()
`;
  const tree = await startTree('/usr/bin/python3', ['-c', program]);
  await dumpAndRestore(tree);
  process.kill(tree.pid, 'SIGUSR1');
  await until(() => readFileSync(output, 'utf8') === '0 None\n1 None\n4 None\n9 None\n');
});

test('statistics of a dump and a restore are those of its image', async () => {
  const tree = await startPerl('$x = "x" x (8 << 20); ready(); sleep 1 while 1');
  const { dumped, restored, imagesDir } = await dumpAndRestore(tree);
  const { frozenTime = 0, pagesWritten = 0, pagesScanned = 0 } = dumped.statistics ?? {};
  expect(pagesWritten * 4096).toBe(statSync(join(imagesDir, 'pages-1.img')).size);
  expect(pagesWritten).toBeGreaterThan(2048);
  expect(pagesScanned).toBeGreaterThanOrEqual(pagesWritten);
  expect(frozenTime).toBeGreaterThan(0);
  expect(restored.statistics?.pagesRestored).toBe(pagesWritten);
});

test('statistics go into the working directory, and those of another operation are not taken', async () => {
  const tree = await startPerl('ready(); sleep 1 while 1');
  const [imagesDir, workDir] = [temporaryDirectory(), temporaryDirectory()];
  const options = { pid: tree.pid, imagesDir, workDir, leaveRunning: true };
  const { statistics } = await criu.dump(options);
  expect(statSync(join(workDir, 'stats-dump')).size).toBeGreaterThan(12);
  expect(statistics?.pagesWritten).toBeGreaterThan(0);
  const broken = new CriuClient({ criu: '/bin/false' });
  await expect(broken.dump(options)).rejects.not.toHaveProperty('statistics');
});
