import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import type { CloneEvent } from '../../src/clone/events.js';
import { hasCgroup, limited, without } from './cgroups.js';
import { askClone, freePorts, imageForClones } from './clones.js';
import {
  adopt,
  collect,
  end,
  exitOf,
  LAUNCHER,
  type Running,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { serverOfOurs } from './servers.js';

/** `clone --json` run by another command. */
function cloneUnder(command: readonly string[], args: readonly string[]): Running {
  const [program = '', ...rest] = [...command, LAUNCHER, 'clone', '--json', ...args];
  return collect(adopt(spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] })));
}

function eventsOf({ output }: Running): CloneEvent[] {
  const lines = output()
    .split('\n')
    .filter((line) => line.startsWith('{"'));
  return lines.map((line) => JSON.parse(line) as CloneEvent);
}

describe('bad input to clone', () => {
  const images = 'no/image';

  it.each([
    [{ count: 0 }, '`count` to be a whole number from 1 to 4096, got 0'],
    [{ count: -1 }, 'got -1'],
    [{ count: 1.5 }, 'got 1.5'],
    [{ count: 1e9 }, 'got 1000000000'],
    [{ own: ['user'] }, '`own` to be an array of net, uts'],
    [{ port: '8100' }, '`port` to be a port and a plus'],
    [{ cuont: 1 }, 'did you mean `count`?'],
  ])('%o is refused before anything is touched', async (options, message) => {
    await expect(clone(images, options as object)).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_OPTIONS',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    [['--count', '0'], '--count takes 1 to 4096, not `0`'],
    [['--count', '-2'], '--count takes 1 to 4096, not `-2`'],
    [['--count', '5000'], '--count takes 1 to 4096, not `5000`'],
    [['--count', '10', '--port', '65530+'], 'copy 10 would be beyond 65535'],
    [['--port', '8100'], '--port takes the first port and a plus'],
    [['--port', '8100+', '--listen', '80'], 'give one of them'],
    [['--count', '2', '--ip', '10.0.0.1'], '--ip needs {n}'],
    [['--ip', '10.0.0.300'], '`10.0.0.300` is no IP address'],
    [['--own', 'net,time'], 'not `time`'],
    [['--hostname', 'x'.repeat(65)], 'is longer than 64 characters'],
  ])('%o is a usage error', async (options, message) => {
    const running = cloneUnder([], [...options, images]);
    expect(await exitOf(running.child)).toEqual({ status: 64, signal: null });
    expect(running.output()).toContain(message);
    expect(running.output()).toContain('ERR_TUBTHUMP_USAGE');
  });

  it('a directory without an image is told by name', async () => {
    const directory = temporaryDirectory();
    await expect(clone(directory)).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_IMAGE_MISSING' });
    const missing = clone(join(directory, 'none'));
    await expect(missing).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_IMAGE_MISSING' });
  });
});

describe('where something is missing', () => {
  it.each([
    ['sys_admin', []],
    ['net_admin', ['--ip', '10.0.0.{n}']],
  ])('the error names CAP_%s', async (capability, options) => {
    const images = await imageForClones();
    const running = cloneUnder(without(capability), [...options, images]);
    expect(await exitOf(running.child)).toEqual({ status: 69, signal: null });
    expect(running.output()).toContain(`CAP_${capability.toUpperCase()} is missing`);
    expect(running.output()).toContain('ERR_TUBTHUMP_NAMESPACE');
  });

  it.each([
    [['--net', '/no/such/network'], 'network namespace /no/such/network'],
    [['--ip', '10.0.0.1', '--bridge', 'tub-none'], 'there is no bridge tub-none'],
  ])('%o is refused', async (options, message) => {
    const running = cloneUnder([], [...options, await imageForClones()]);
    expect(await exitOf(running.child)).toEqual({ status: 69, signal: null });
    expect(running.output()).toContain(message);
  });

  it('a port that is taken ends its copy, with the reason, and no other', async () => {
    const port = await freePorts(3);
    await serverOfOurs(createServer(), port + 1);
    const running = cloneUnder([], ['--count', '3', '--port', `${port}+`, await imageForClones()]);
    await waitForOutput(running, /"copy":2,"event":"exited"/);
    expect(running.output()).toContain(`cannot listen on 127.0.0.1:${port + 1}`);
    for (const number of [1, 3]) {
      expect((await askClone(port + number - 1)).info?.copy.number).toBe(number);
    }
    await end(running.child);
  });
});

/** Some came up and some did not: those that did go on. */
async function expectSome(running: Running, port: number, count: number): Promise<void> {
  await waitForOutput(running, /"event":"settled"/);
  const events = eventsOf(running);
  const up = events.filter(({ event }) => event === 'restored') as { copy: number }[];
  const failed = events.filter(({ event }) => event === 'failed') as { message: string }[];
  expect(up.length).toBeGreaterThan(0);
  expect(failed.length).toBeGreaterThan(0);
  expect(up.length + failed.length).toBe(count);
  for (const { message } of failed) expect(message).toMatch(/\S/);
  expect(events.find(({ event }) => event === 'settled')).toMatchObject({ up: up.length, count });
  expect(events.filter(({ event }) => event === 'exited')).toEqual([]);
  const first = up[0]?.copy as number;
  expect((await askClone(port + first - 1)).info?.copy.number).toBe(first);
}

describe('an image that goes away while copies of it are made', () => {
  it('those that came up go on, and those that did not say why', async () => {
    const port = await freePorts(8);
    const images = await imageForClones();
    const options = ['--count', '8', '--at-once', '1', '--port', `${port}+`];
    const running = cloneUnder([], [...options, images]);
    await waitForOutput(running, /"event":"restored"/);
    rmSync(images, { recursive: true });
    await expectSome(running, port, 8);
    await end(running.child);
  });
});

describe('when the machine has no more to give', () => {
  it.skipIf(!hasCgroup('pids'))('of pids, those that live go on', async () => {
    const port = await freePorts(8);
    const images = await imageForClones();
    // A copy has a dozen threads, and an init.
    const command = limited('pids', ['pids.max'], 60);
    const options = ['--count', '8', '--at-once', '1', '--port', `${port}+`];
    const running = cloneUnder(command, [...options, images]);
    await expectSome(running, port, 8);
    await end(running.child);
  });

  it.skipIf(!hasCgroup('memory'))('of memory, those that live go on', async () => {
    const port = await freePorts(8);
    // Two copies of 90 MB fit.
    const images = await imageForClones({ HEAP_MB: '60' }, 'eager');
    const files = ['memory.limit_in_bytes', 'memory.max'];
    const command = limited('memory', files, 240 * 1024 * 1024);
    const options = ['--count', '8', '--at-once', '1', '--port', `${port}+`];
    const running = cloneUnder(command, [...options, images]);
    await expectSome(running, port, 8);
    await end(running.child);
  });
});
