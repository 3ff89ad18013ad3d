import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, launch, SERVICE, startService, temporaryDirectory } from './harness.js';

const HOLDINGS = resolve('test/fixtures/holdings.mjs');
const OPEN = resolve('test/fixtures/open-and-exec.pl');

/** What descriptor 3 of a process refers to; the fixture opens it before Node has any. */
function third(pid: number): string {
  return readlinkSync(`/proc/${pid}/fd/3`).replace(/\d+\]$/, ']');
}

/** Dumps and restores a service. */
async function roundTrip(command: readonly string[], environment: NodeJS.ProcessEnv) {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService(command, [], environment);
  const before = third(service.pid);
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  const copy = launch(['restore', images]);
  await get(service.port);
  return { ...service, copy, before, after: third(service.pid) };
}

describe('what CRIU restores as it is, opened by Node', () => {
  it.each([
    ['watch', 'new'],
    ['file', 'text'],
    ['deleted', 'held text'],
    ['deleted-mapping', 'object'],
    ['shared-memory', 'held text'],
    ['directory', 'an entry'],
    ['random', 8],
    ['fifo', 'in the fifo'],
    ['udp', 'hello'],
    ['unix-server', 'from the unix server'],
  ])('%s works on in a copy', async (kind, expected) => {
    const DIRECTORY = temporaryDirectory();
    const FIFO = join(DIRECTORY, 'fifo');
    execFileSync('mkfifo', [FIFO]);
    const ADDON = smallAddon(DIRECTORY);
    const { port, copy } = await roundTrip([process.execPath, HOLDINGS], {
      HOLD: kind,
      DIRECTORY,
      FIFO,
      ADDON,
    });
    expect(await get(port, '/use')).toMatchObject({ used: expected });
    await end(copy.child);
  });
});

describe('what CRIU restores as it is, opened by other code', () => {
  it.each([
    ['eventfd', /anon_inode:\[eventfd\]/],
    ['timerfd', /anon_inode:\[timerfd\]/],
    ['signalfd', /anon_inode:\[signalfd\]/],
    ['epoll', /anon_inode:\[eventpoll\]/],
    ['inotify', /anon_inode:inotify/],
    ['fanotify', /anon_inode:\[fanotify\]/],
    ['memfd', /\/memfd:kept/],
    ['pipe', /pipe:/],
    ['half-pipe', /pipe:/],
    ['socketpair', /socket:/],
    ['netlink', /socket:/],
    ['packet', /socket:/],
    ['raw', /socket:/],
    ['unbound', /socket:/],
    ['bound', /socket:/],
    ['queued', /socket:/],
  ])('%s is open in a copy under its number', async (kind, target) => {
    const command = ['perl', OPEN, kind, '--', process.execPath, SERVICE];
    const { before, after, copy } = await roundTrip(command, {});
    expect(before).toMatch(target);
    expect(after).toBe(before);
    await end(copy.child);
  });
});

/** A shared library that Node can load and that is small enough for an image. */
function smallAddon(directory: string): string {
  const library = join(directory, 'small.node');
  const source = 'void *napi_register_module_v1(void *env, void *exports) { return exports; }';
  execFileSync('gcc', ['-shared', '-x', 'c', '-o', library, '-'], { input: source });
  return library;
}
