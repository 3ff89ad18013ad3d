import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import type { Rule } from '../../src/index.js';
import {
  end,
  exitOf,
  get,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const HOLDINGS = resolve('test/fixtures/holdings.mjs');

interface Held {
  readonly kind: string;
  readonly policy: readonly Rule[];
  readonly directory?: string;
  /** Between dump and restore. */
  meanwhile?(): void;
}

async function start(kind: string, DIRECTORY: string) {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([process.execPath, HOLDINGS], [], { HOLD: kind, DIRECTORY });
  return { ...service, images };
}

/** Dumps a service under a policy, restores it, and uses what it holds. */
async function useInCopy({ kind, policy, directory = temporaryDirectory(), meanwhile }: Held) {
  const service = await start(kind, directory);
  const { images, pid, port } = service;
  const children = childrenOf(pid);
  await askCheckpoint(pid, { images, policy, leaveRunning: false });
  await exitOf(service.child);
  // Killed with their parent, they are somebody else's to reap, and their pids taken until then.
  while (children.some((child) => existsSync(`/proc/${child}`))) await sleep(10);
  meanwhile?.();
  const copy = launch(['restore', images]);
  await get(port);
  const { used } = (await get(port, '/use')) as unknown as { used: unknown };
  return { used, pid, port, copy };
}

describe('reopen', () => {
  it('reads a file on at its offset, although it has grown since', async () => {
    const directory = temporaryDirectory();
    const { used, copy } = await useInCopy({
      kind: 'file',
      directory,
      policy: [{ action: 'reopen', kind: 'file', path: `${directory}/*` }],
      meanwhile: () => appendFileSync(join(directory, 'held'), ' and more'),
    });
    expect(used).toBe('text');
    await end(copy.child);
  });

  it('appends to a log on, and begins it anew when it is gone', async () => {
    const directory = temporaryDirectory();
    const log = join(directory, 'held');
    const held = { kind: 'log', directory, policy: [{ action: 'reopen', path: log }] as const };
    const grown = await useInCopy({ ...held, meanwhile: () => writeFileSync(log, 'first\n') });
    expect(grown.used).toBe('first\nsecond\n');
    await end(grown.copy.child);
    const gone = await useInCopy({ ...held, meanwhile: () => rmSync(log) });
    expect(gone.used).toBe('second\n');
    await end(gone.copy.child);
  });

  it('says which file is gone; the copy goes on without it', async () => {
    const directory = temporaryDirectory();
    const service = await start('file', directory);
    const { images, pid, port } = service;
    const policy = [{ action: 'reopen', path: `${directory}/*` }] as const;
    await askCheckpoint(pid, { images, policy, leaveRunning: false });
    await exitOf(service.child);
    rmSync(join(directory, 'held'));
    const strict = launch(['restore', '--strict', images]);
    expect((await exitOf(strict.child)).status).toBe(70);
    expect(strict.output()).toMatch(/fd \d+: open \S+\/held.*ERR_TUBTHUMP_REOPEN/);
    const copy = launch(['restore', images]);
    expect((await get(port)).pid).toBe(pid);
    await end(copy.child);
  });

  it('listens again as before', async () => {
    const { used, copy } = await useInCopy({
      kind: 'net-server',
      policy: [{ action: 'reopen', kind: 'tcp-listening' }],
    });
    expect(used).toBe('from the server');
    await end(copy.child);
  });

  it('listens again on a unix socket', async () => {
    const { used, copy } = await useInCopy({
      kind: 'unix-server',
      policy: [{ action: 'reopen', kind: 'unix-listening' }],
    });
    expect(used).toBe('from the unix server');
    await end(copy.child);
  });

  it('says which address is taken', async () => {
    const service = await start('none', temporaryDirectory());
    const { images, pid, port } = service;
    const policy = [{ action: 'reopen', kind: 'tcp-listening' }] as const;
    await askCheckpoint(pid, { images, policy, leaveRunning: false });
    await exitOf(service.child);
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    try {
      const copy = launch(['restore', '--strict', images]);
      expect((await exitOf(copy.child)).status).toBe(70);
      expect(copy.output()).toMatch(/EADDRINUSE.*ERR_TUBTHUMP_ADDRESS/);
    } finally {
      other.close();
    }
  });

  it('starts a child again, and tells the object of the former one', async () => {
    const { used, pid, copy } = await useInCopy({
      kind: 'child',
      policy: [{ action: 'reopen', kind: 'child', command: 'sleep *' }],
    });
    expect(used).toEqual(['SIGTERM', true, 'sleep', '60']);
    const children = childrenOf(pid);
    expect(children).toHaveLength(1);
    await end(copy.child);
    process.kill(Number(children[0]), 'SIGTERM');
  });

  it('opens again in the service that goes on', async () => {
    const directory = temporaryDirectory();
    const { images, pid, port } = await start('file', directory);
    const policy = [{ action: 'reopen', path: `${directory}/*` }] as const;
    await askCheckpoint(pid, { images, policy });
    expect(await get(port, '/use')).toMatchObject({ used: 'text' });
  });
});

describe('close', () => {
  it.each([
    ['tcp', { action: 'close', kind: 'tcp-connected' }, true],
    ['child', { action: 'close', kind: 'child' }, ['SIGTERM']],
    ['worker', { action: 'close', kind: 'worker' }, 'ended'],
  ] as const)('ends a %s', async (kind, rule, expected) => {
    const { used, copy } = await useInCopy({ kind, policy: [rule] });
    expect(used).toEqual(expected);
    await end(copy.child);
  });

  it('leaves /dev/null under the number of a file', async () => {
    const directory = temporaryDirectory();
    const { images, pid } = await start('big-deleted', directory);
    const links = () => readdirSync(`/proc/${pid}/fd`).map((fd) => `${fd} ${link(pid, fd)}`);
    const before = links().find((text) => text.includes('/held')) as string;
    await askCheckpoint(pid, { images, policy: [{ action: 'close', kind: 'deleted-file' }] });
    expect(links()).toContain(`${before.split(' ')[0]} /dev/null`);
  });
});

describe('keep', () => {
  it('has a worker in the image, which works on', async () => {
    const { used, copy } = await useInCopy({
      kind: 'worker',
      policy: [{ action: 'keep', kind: 'worker' }],
    });
    expect(used).toBe(2);
    await end(copy.child);
  });

  it('has a child in the image', async () => {
    const { used, pid, copy } = await useInCopy({
      kind: 'child',
      policy: [{ action: 'keep', kind: 'child' }],
    });
    expect(used).toEqual([]);
    const children = childrenOf(pid);
    expect(children).toHaveLength(1);
    await end(copy.child);
    process.kill(Number(children[0]), 'SIGTERM');
  });

  it('has a child in the image together with the pipes to it', async () => {
    const { used, copy } = await useInCopy({
      kind: 'piped-child',
      policy: [{ action: 'keep', kind: 'child' }],
    });
    expect(used).toBe('through the child');
    await end(copy.child);
  });

  it('is refused for what no image can have', async () => {
    const { images, pid } = await start('tcp', temporaryDirectory());
    const policy = [{ action: 'keep', kind: 'tcp-connected' }] as const;
    await expect(askCheckpoint(pid, { images, policy })).rejects.toThrow(
      /tcp-connected .*: policy\[0\] keeps it, but no image can have it: end the connection/,
    );
  });
});

describe('refuse and ignore', () => {
  it('refuses what CRIU could restore', async () => {
    const directory = temporaryDirectory();
    const { images, pid } = await start('file', directory);
    const policy = [{ action: 'refuse', path: `${directory}/**` }] as const;
    await expect(askCheckpoint(pid, { images, policy })).rejects.toThrow(
      /fd \d+ file \S+\/held: refused by policy\[0\]/,
    );
    expect(existsSync(images)).toBe(false);
  });

  it('leaves to CRIU what is ignored', async () => {
    const { images, pid } = await start('tcp', temporaryDirectory());
    const policy = [{ action: 'ignore', kind: 'tcp-connected' }] as const;
    await expect(askCheckpoint(pid, { images, policy })).rejects.toMatchObject({
      message: expect.stringMatching(/Connected TCP socket.*ERR_TUBTHUMP_DUMP_FAILED/),
    });
  });
});

describe('the policy file of `tubthump run --policy`', () => {
  it('is read at the checkpoint; a mistake in it is named, and the service goes on', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'app.policy');
    writeFileSync(file, '# rules\nclose kind=tcp\n');
    const images = join(temporaryDirectory(), 'image');
    const environment = { HOLD: 'tcp', DIRECTORY: directory };
    const command = [process.execPath, HOLDINGS];
    const service = await startService(command, ['--policy', file], environment);
    await expect(askCheckpoint(service.pid, { images })).rejects.toThrow(
      /app\.policy:2: unknown kind `tcp`;.*in the rule `close kind=tcp`.*ERR_TUBTHUMP_POLICY/,
    );
    writeFileSync(file, '# rules\nclose kind=tcp-connected\n');
    await askCheckpoint(service.pid, { images });
    expect(existsSync(join(images, 'manifest.json'))).toBe(true);
    expect(await get(service.port, '/use')).toMatchObject({ used: true });
  });

  it('is also an option of `tubthump checkpoint`', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'app.policy');
    writeFileSync(file, 'close kind=tcp-connected\n');
    const { images, pid, port } = await start('tcp', directory);
    const args = ['checkpoint', '--leave-running', '--images', images, '--pid', String(pid)];
    const refused = launch(args);
    expect((await exitOf(refused.child)).status).toBe(75);
    const passed = launch([...args, '--policy', file]);
    expect((await exitOf(passed.child)).status).toBe(0);
    expect(await get(port, '/use')).toMatchObject({ used: true });
  });

  it('and --explain name who opened a file', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'app.policy');
    writeFileSync(file, `refuse path=${directory}/held`);
    const images = join(temporaryDirectory(), 'image');
    const options = ['--policy', file, '--explain'];
    const environment = { HOLD: 'file', DIRECTORY: directory };
    const service = await startService([process.execPath, HOLDINGS], options, environment);
    await expect(askCheckpoint(service.pid, { images })).rejects.toThrow(
      /held: refused by .*app\.policy:1\s+opened at test\/fixtures\/holdings\.mjs:\d+:\d+/,
    );
    await waitForOutput(service, /listening/);
  });
});

function childrenOf(pid: number): string[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean);
}

function link(pid: number, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return '';
  }
}
