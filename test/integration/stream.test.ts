import {
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  manifestOf,
  startService,
  temporaryDirectory,
} from './harness.js';

const FIXTURE = resolve('test/fixtures/heap.mjs');
const SMALL = { HEAP_OBJECTS: '3000' };

async function answer(port: number, path: string): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

/** An image of the heap fixture, and what its heap's checksum is. */
async function makeImage(node: string, flags: readonly string[], engine: 'map' | 'stream') {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([node, '--expose-gc', ...flags, FIXTURE], [], SMALL);
  const checksum = await answer(service.port, '/');
  await askCheckpoint(service.pid, { images, leaveRunning: false, engine });
  await exitOf(service.child);
  return { images, checksum, port: service.port, pid: service.pid };
}

/** Of a process that runs: who reaps orphans may take its time. */
function nameOf(pid: string): string {
  try {
    if (/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return '';
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Children of `pid` that are page servers. */
function serversOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.filter((child) => child && nameOf(child) === 'tubthump-pages').map(Number);
}

/** Of a descriptor, which may be closed by now. */
function readlinkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Its size stays, its kind does not. */
function edit(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(4) ^ 0x40, 4);
  writeFileSync(file, bytes);
}

async function eventually(test: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !test(); tries++) await sleep(10);
  expect(test()).toBe(true);
}

describe.each([20, 22, 24, 26])('a heap that is streamed, on Node %i', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  it.each([
    ['as Node collects by itself', []],
    ['at every few allocations', ['--gc-interval=20000']],
    ['when every collection compacts', ['--stress-compaction']],
    ['when every collection is a full one', ['--gc-global']],
  ])('holds what it held, also after collections %s', async (_, flags) => {
    const { images, checksum, port } = await makeImage(node, flags, 'stream');
    expect(manifestOf(images)).toMatchObject({ engine: 'stream' });
    for (let copies = 0; copies < 2; copies++) {
      const copy = launch(['restore', images]);
      // The collector's first work meets a heap that is not complete yet.
      expect(await answer(port, copies ? '/' : '/churn')).toBe(checksum);
      expect(await answer(port, '/churn')).toBe(checksum);
      expect(await end(copy.child)).toEqual({ status: null, signal: 'SIGTERM' });
      expect(copy.output()).not.toContain('tubthump:');
    }
  });
});

describe('the stream engine', () => {
  it('streams what is not mapped of an image of the map engine', async () => {
    const { images, checksum, port } = await makeImage(process.execPath, [], 'map');
    expect(manifestOf(images)).toMatchObject({ engine: 'map' });
    const copy = launch(['restore', '--engine', 'stream', images]);
    expect(await answer(port, '/churn')).toBe(checksum);
    await end(copy.child);
  });

  it('is not what `--engine eager` takes, of the same image', async () => {
    const { images, checksum, port } = await makeImage(process.execPath, [], 'stream');
    const copy = launch(['restore', '--engine', 'eager', images]);
    expect(serversOf(copy.child.pid as number)).toEqual([]);
    expect(await answer(port, '/')).toBe(checksum);
    await end(copy.child);
  });

  it('restores twenty times in a row and leaves no server, no descriptor and no file', async () => {
    const { images, checksum, port } = await makeImage(process.execPath, [], 'stream');
    const files = readdirSync(images).sort();
    for (let round = 0; round < 20; round++) {
      const copy = launch(['restore', images]);
      const launcher = copy.child.pid as number;
      expect(await answer(port, '/')).toBe(checksum);
      await eventually(() => serversOf(launcher).length === 0);
      const links = readdirSync(`/proc/${launcher}/fd`).map((fd) =>
        readlinkOf(`/proc/${launcher}/fd/${fd}`),
      );
      expect(links.filter((link) => link.includes('userfaultfd'))).toEqual([]);
      await end(copy.child);
    }
    expect(readdirSync(images).sort()).toEqual(files);
  });

  it('serves a copy that starts other programs, and one that ends at once', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([process.execPath, '--expose-gc', FIXTURE], [], SMALL);
    await askCheckpoint(service.pid, { images, leaveRunning: false, engine: 'stream' });
    await exitOf(service.child);
    const copy = launch(['restore', images]);
    expect(await answer(service.port, '/spawn')).toBe('spawned '.repeat(10));
    await end(copy.child);
    const another = launch(['restore', images]);
    await get(service.port, '/exit').catch(() => {});
    expect(await exitOf(another.child)).toEqual({ status: 3, signal: null });
  });

  it('ends the copy when its server is killed, and says so', async () => {
    const { images } = await makeImage(process.execPath, [], 'stream');
    const copy = launch(['restore', images]);
    const launcher = copy.child.pid as number;
    await eventually(() => serversOf(launcher).length === 1 || copy.child.exitCode !== null);
    const [server] = serversOf(launcher);
    process.kill(server as number, 'SIGKILL');
    const exit = await exitOf(copy.child);
    expect(exit.status).not.toBe(0);
    expect(copy.output()).toContain('ERR_TUBTHUMP_PAGE_SERVER');
  });

  it('leaves no directory of a launcher that is killed meanwhile', async () => {
    const { images, pid } = await makeImage(process.execPath, [], 'stream');
    const copy = launch(['restore', images]);
    const launcher = copy.child.pid as number;
    await eventually(() => serversOf(launcher).length === 1 || copy.child.exitCode !== null);
    const [server = 0] = serversOf(launcher);
    copy.child.kill('SIGKILL');
    await exitOf(copy.child);
    await eventually(() => nameOf(String(server)) !== 'tubthump-pages');
    const prefix = `tubthump-restore-${launcher}-`;
    expect(readdirSync('/tmp').filter((name) => name.startsWith(prefix))).toEqual([]);
    // How far the restore had come depends on the machine.
    if (nameOf(String(pid)) !== '') process.kill(pid, 'SIGKILL');
  });

  it('leaves the word to CRIU when it is CRIU that fails', async () => {
    const { images } = await makeImage(process.execPath, [], 'stream');
    const copy = launch(['restore', '--criu', '/bin/false', images]);
    expect((await exitOf(copy.child)).status).toBe(70);
    expect(copy.output()).toContain('ERR_TUBTHUMP_RPC_CLOSED');
    expect(copy.output()).not.toContain('ERR_TUBTHUMP_PAGE_SERVER');
  });

  it.each([
    ['pages', 'is missing', (file: string) => rmSync(file)],
    ['pages', 'is cut short', (file: string) => truncateSync(file, 4096)],
    ['pagemap', 'is cut short', (file: string) => truncateSync(file, 100)],
    ['pagemap', 'was edited', edit],
    ['mm', 'was edited', edit],
  ])('refuses an image whose %s file %s, before a copy runs', async (kind, _, damage) => {
    const { images } = await makeImage(process.execPath, [], 'stream');
    const name = readdirSync(images).find((file) => new RegExp(`^${kind}-\\d+\\.img$`).test(file));
    damage(join(images, name as string));
    const copy = launch(['restore', images]);
    expect((await exitOf(copy.child)).status).toBe(65);
    expect(copy.output()).toContain('ERR_TUBTHUMP_IMAGE_INVALID');
  });
});
