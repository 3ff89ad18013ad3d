import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { startHosts } from './criu-hosts.js';
import { until } from './criu-targets.js';
import { restoreTree, startPerl, startTree } from './criu-trees.js';

const CLONE_NEWNET = 0x40000000;

test('joinNs puts the copy into a network that is there', async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const [a] = await startHosts();
  const tree = await startPerl('ready(); sleep 1 while 1');
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir });
  await tree.gone(pids);
  await restoreTree(criu, { imagesDir, joinNs: [{ ns: 'net', file: a.namespace }] });
  expect(networkOf(tree.pid)).toBe(a.run('readlink', '/proc/self/ns/net').trim());
});

test('a network of its own comes back, with its veth tied to a bridge under a new name', async () => {
  const [host] = await startHosts();
  const tree = await startPerl(`
    open(N, '<', '${host.namespace}'); syscall(308, fileno(N), 0) == 0 or die; close N;
    syscall(272, ${CLONE_NEWNET}) == 0 or die; # unshare(2)
    ready(); sleep 1 while 1`);
  host.run('ip', 'link', 'add', 'bridge0', 'type', 'bridge');
  const pair = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', String(tree.pid)];
  host.run('ip', 'link', 'add', 'before', ...pair);
  host.run('ip', 'link', 'set', 'before', 'up');
  const inside = (...args: string[]) =>
    execFileSync('nsenter', ['-t', String(tree.pid), '-n', 'ip', ...args], { encoding: 'utf8' });
  inside('addr', 'add', '10.214.0.2/24', 'dev', 'eth0');
  inside('link', 'set', 'eth0', 'up');

  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  const told: string[] = [];
  const lock = { networkLock: 'nftables' } as const;
  const say = (what: string) => () => void told.push(what);
  await host.criu.dump({
    ...{ pid: tree.pid, imagesDir, ...lock },
    notify: { networkLock: say('lock'), networkUnlock: say('unlock'), postDump: say('dumped') },
  });
  expect(told).toEqual(['lock', 'dumped']);
  await tree.gone(pids);

  const external = ['veth[eth0]:after@bridge0'];
  let root = 0;
  await restoreTree(host.criu, {
    ...{ imagesDir, external, ...lock },
    notify: {
      networkUnlock: say('unlocked'),
      setupNamespaces: ({ pid }) => {
        root = pid;
      },
      postSetupNamespaces: say('set up'),
      postRestore: ({ pid }) => void told.push(`restored ${pid}`),
    },
  });
  expect(root).toBe(tree.pid);
  expect(told.slice(2)).toEqual(['set up', `restored ${root}`, 'unlocked']);
  // A new one may have the number of the one before.
  expect(networkOf(tree.pid)).not.toBe(host.run('readlink', '/proc/self/ns/net').trim());
  expect(networkOf(tree.pid)).not.toBe(networkOf(process.pid));
  expect(inside('-o', 'addr', 'show', 'dev', 'eth0')).toContain('10.214.0.2/24');
  expect(host.run('ip', '-o', 'link', 'show', 'after')).toContain('master bridge0');
});

test('a mount namespace comes back under another root, with an external mount from elsewhere', async () => {
  const criu = new CriuClient({ criu: await realCriu() });
  const directory = temporaryDirectory();
  const [root, data, other] = ['root', 'data', 'other'].map((name) => join(directory, name));
  for (const path of [root, data, other, `${root}/data`, `${root}/proc`, `${root}/old`]) {
    mkdirSync(path as string);
  }
  writeFileSync(
    join(directory, 'note.c'),
    `#include <stdio.h>
     #include <sys/mount.h>
     #include <unistd.h>
     int main(void) {
       for (int fd = 0; fd < 3; fd++) close(fd); // They are of the other namespace.
       if (umount2("/old", MNT_DETACH)) return 1;
       for (int n = 1;; n++) {
         FILE *f = fopen("/data/note", "w");
         if (f) { fprintf(f, "%d\\n", n); fclose(f); }
         usleep(10000);
       }
     }`,
  );
  const program = join(root as string, 'note');
  execFileSync('cc', ['-static', '-o', program, join(directory, 'note.c')]);
  // As a container runtime does it.
  const setup = `
    mount --make-rprivate / && mount --bind ${root} ${root} && mount --bind ${data} ${root}/data &&
    mount -t proc proc ${root}/proc && cd ${root} && : > $READY && pivot_root . old && exec ./note`;
  const tree = await startTree('/usr/bin/unshare', ['-m', 'sh', '-c', setup]);
  await until(() => noted(data) > 3);

  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir, external: ['mnt[/data]:data'] });
  await tree.gone(pids);
  const before = noted(data);
  // The dump may have found the file open.
  writeFileSync(join(other as string, 'note'), '0');
  // The root has to be a mount point.
  execFileSync('mount', ['--bind', root as string, root as string]);
  onTestFinished(() => void execFileSync('umount', ['-l', root as string]));
  await restoreTree(criu, { imagesDir, root, external: [`mnt[data]:${other}`] });
  await until(() => noted(other) > before);
  expect(noted(data)).toBe(before);
});

function networkOf(pid: number): string {
  return readlinkSync(`/proc/${pid}/ns/net`);
}

function noted(directory: string | undefined): number {
  try {
    return Number(readFileSync(`${directory}/note`, 'utf8'));
  } catch {
    return 0;
  }
}
