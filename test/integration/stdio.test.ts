import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  adopt,
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const NODE = process.execPath;

/** An image of a service whose stdio was of the given kind when it was dumped. */
async function imageOf(kind: 'pipe' | 'file' | 'null' | 'terminal') {
  const directory = temporaryDirectory();
  const images = join(directory, 'image');
  if (kind === 'pipe') {
    const service = await startService([NODE, SERVICE], [], { READ_STDIN: '1' });
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    return { images, port: service.port };
  }
  const log = join(directory, 'log');
  writeFileSync(log, '');
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const env = { ...process.env, PORT: String(port), READ_STDIN: '1' };
  const command = [LAUNCHER, 'run', '--', NODE, SERVICE];
  const fd = openSync(kind === 'null' ? '/dev/null' : log, kind === 'null' ? 'r+' : 'a+');
  const child =
    kind === 'terminal'
      ? spawn('script', ['-qec', command.join(' '), '/dev/null'], { env, stdio: ['pipe', fd, fd] })
      : spawn(command[0] as string, command.slice(1), { env, stdio: [fd, fd, fd] });
  adopt(child);
  const { pid, isTTY } = await get(port);
  expect(isTTY).toBe(kind === 'terminal');
  await askCheckpoint(pid, { images, leaveRunning: false });
  await exitOf(child);
  // A log file that grew since the dump must not keep the image from being restored.
  if (kind === 'file') writeFileSync(log, 'x'.repeat(10_000), { flag: 'a' });
  return { images, port };
}

describe.each(['pipe', 'file', 'null', 'terminal'] as const)('dumped on a %s', (kind) => {
  it('restores onto a pipe', async () => {
    const { images, port } = await imageOf(kind);
    const copy = launch(['restore', images]);
    await get(port, '/log');
    await waitForOutput(copy, /logged by request/);
    await get(port, '/write');
    await waitForOutput(copy, /to stdout by request/);
    await waitForOutput(copy, /to stderr by request/);
    await end(copy.child);
  });

  it('restores onto a file', async () => {
    const { images, port } = await imageOf(kind);
    const log = join(temporaryDirectory(), 'log');
    const fd = openSync(log, 'a');
    const copy = adopt(spawn(LAUNCHER, ['restore', images], { stdio: ['ignore', fd, fd] }));
    await get(port, '/log');
    await get(port, '/write');
    await end(copy);
    const text = readFileSync(log, 'utf8');
    for (const line of ['logged by', 'to stdout by', 'to stderr by']) expect(text).toContain(line);
  });

  it('restores onto /dev/null', async () => {
    const { images, port } = await imageOf(kind);
    const copy = adopt(spawn(LAUNCHER, ['restore', images], { stdio: 'ignore' }));
    await get(port, '/log');
    expect((await get(port, '/write')).isTTY).toBe(false);
    await end(copy);
  });

  it('restores onto a terminal', async () => {
    const { images, port } = await imageOf(kind);
    const log = join(temporaryDirectory(), 'log');
    const fd = openSync(log, 'a');
    const terminal = adopt(
      spawn('script', ['-qec', `${LAUNCHER} restore ${images}`, '/dev/null'], {
        stdio: ['pipe', fd, fd],
      }),
    );
    expect((await get(port, '/log')).isTTY).toBe(true);
    await get(port, '/write');
    await end(terminal);
    const text = readFileSync(log, 'utf8');
    for (const line of ['logged by', 'to stdout by', 'to stderr by']) expect(text).toContain(line);
  });
});

describe('stdin', () => {
  it('goes on with the data of the new launcher', async () => {
    const { images } = await imageOf('pipe');
    const copy = launch(['restore', images]);
    copy.child.stdin?.write('after the restore\n');
    await waitForOutput(copy, /read: after the restore/);
    copy.child.stdin?.end();
    await waitForOutput(copy, /stdin ended/);
    await end(copy.child);
  });

  it('goes on after a dump that leaves the service running', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService([NODE, SERVICE], [], { READ_STDIN: '1' });
    service.child.stdin?.write('before\n');
    await waitForOutput(service, /read: before/);
    await askCheckpoint(service.pid, { images });
    service.child.stdin?.write('after\n');
    await waitForOutput(service, /read: after/);
    await end(service.child);
  });
});
