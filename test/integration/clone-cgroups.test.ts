import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Copies, clone } from '../../src/clone/clone.js';
import { CloneError } from '../../src/clone/error.js';
import type { CloneOptions } from '../../src/clone/options.js';
import { cgroupHome, hasCgroup, unifiedHierarchy } from './cgroups.js';
import { askClone, freePorts, imageForClones, tracesOf } from './clones.js';
import { end, exitOf, launch, waitForOutput } from './harness.js';

const open = new Set<Copies>();

afterEach(async () => {
  for (const copies of open) await copies[Symbol.asyncDispose]();
  open.clear();
});

async function make(images: string, options: CloneOptions): Promise<Copies> {
  const copies = await clone(images, options);
  open.add(copies);
  return copies;
}

/** A name for cgroups that is ours. */
const nameOf = (suffix: string) => `tubthump-test-${process.pid}-${suffix}`;

/** The line of one hierarchy in /proc/PID/cgroup: cgroups(7). */
const cgroupOf = (pid: number, controller: string) =>
  new RegExp(`^\\d+:${controller}:(.*)$`, 'm').exec(
    readFileSync(`/proc/${pid}/cgroup`, 'utf8'),
  )?.[1];

describe('a cgroup for each clone', () => {
  const unified = unifiedHierarchy();

  it.skipIf(!unified)('is made for it, has all of it, and goes with it', async () => {
    const parent = unified as string;
    const cgroup = join(parent, nameOf('own-{n}'));
    const images = await imageForClones();
    const port = await freePorts(2);
    const copies = await make(images, { count: 2, cgroup, own: ['cgroup'], port: `${port}+` });
    for (const { pid, number } of copies) {
      const directory = join(parent, nameOf(`own-${number}`));
      const inside = readFileSync(join(directory, 'cgroup.procs'), 'utf8').trim().split('\n');
      expect(inside.map(Number).sort()).toEqual([...tracesOf(pid).pids].sort());
      // A namespace of its own: it is itself the root that it sees.
      expect((await askClone(port + number - 1, '/cgroup')).cgroup).toMatch(/^0::\/$/m);
    }
    const [first, second] = copies;
    first?.kill('SIGKILL');
    await first?.exited;
    expect(existsSync(join(parent, nameOf('own-1')))).toBe(false);
    expect(second?.alive).toBe(true);
    await second?.[Symbol.asyncDispose]();
    expect(existsSync(join(parent, nameOf('own-2')))).toBe(false);
  });

  it.skipIf(!unified)('is not left by a launcher that was killed', async () => {
    const cgroup = join(unified as string, nameOf('killed-{n}'));
    const ports = ['--port', `${await freePorts(3)}+`];
    const command = ['clone', '--json', '--count', '3', '--cgroup', cgroup, ...ports];
    const running = launch([...command, await imageForClones()]);
    await waitForOutput(running, /"event":"settled"/);
    const directories = [1, 2, 3].map((n) => cgroup.replace('{n}', String(n)));
    expect(directories.filter(existsSync)).toEqual(directories);
    await end(running.child, 'SIGKILL');
    await expect.poll(() => directories.filter(existsSync), { timeout: 10_000 }).toEqual([]);
  });

  it.skipIf(!hasCgroup('memory'))('has limits, and who exceeds them ends alone', async () => {
    const parent = cgroupHome('memory');
    const cgroup = join(parent, nameOf('limited-{n}'));
    const images = await imageForClones();
    const port = await freePorts(2);
    const limits = { [limitOf(parent)]: String(150 * 2 ** 20) };
    const copies = await make(images, { count: 2, port: `${port}+`, cgroup, limits });
    expect(cgroupOf(copies[0]?.pid as number, '(?:memory)?')).toContain(nameOf('limited-1'));
    await Promise.all(copies.map(({ ready }) => ready));
    askClone(port, '/fill').catch(() => {});
    expect(await copies[0]?.exited).toMatchObject({ signal: 'SIGKILL' });
    expect((await askClone(port + 1)).info?.copy.number).toBe(2);
  });

  it.skipIf(!hasCgroup('memory'))(
    'may be one for all: the error says how many came up',
    async () => {
      const parent = cgroupHome('memory');
      const cgroup = join(parent, nameOf('shared'));
      const limits = { [limitOf(parent)]: String(240 * 2 ** 20) };
      // Two copies of 90 MB fit.
      const images = await imageForClones({ HEAP_MB: '60' }, 'eager');
      const port = await freePorts(6);
      const options = { count: 6, atOnce: 1, port: `${port}+`, cgroup, limits };
      const error = await make(images, options).catch((reason: unknown) => reason);
      if (!(error instanceof CloneError)) throw error;
      const { copies, errors, message } = error;
      expect(message).toContain(`${copies.length} of 6 copies came up`);
      expect(copies.length).toBeGreaterThan(0);
      expect(copies.length + errors.length).toBe(6);
      for (const { number, cloneId } of copies) {
        expect((await askClone(port + number - 1)).info?.cloneId).toBe(cloneId);
      }
      await Promise.all(copies.map((copy) => copy[Symbol.asyncDispose]()));
      await expect.poll(() => existsSync(cgroup), { timeout: 10_000 }).toBe(false);
    },
  );

  it.each([
    [['--cgroup', '/tmp/copy-{n}'], '`/tmp` is no cgroup that it could be made in'],
    [['--cgroup', 'copy-{n}'], 'is no cgroup that it could be made in'],
  ])('%o is refused', async (options, message) => {
    const running = launch(['clone', ...options, await imageForClones()]);
    expect(await exitOf(running.child)).toEqual({ status: 69, signal: null });
    expect(running.output()).toContain(message);
    expect(running.output()).toContain('ERR_TUBTHUMP_NAMESPACE');
  });

  it.skipIf(!unified)('does not take what is no limit of it', async () => {
    const cgroup = join(unified as string, nameOf('wrong'));
    const images = await imageForClones();
    const made = clone(images, { cgroup, limits: { 'no.such': '1' } });
    await expect(made).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_CLONE',
      errors: [
        { code: 'ERR_TUBTHUMP_NAMESPACE', message: expect.stringContaining('there is no no.such') },
      ],
    });
    await expect.poll(() => existsSync(cgroup), { timeout: 10_000 }).toBe(false);
  });
});

/** Versions 1 and 2 call it by different names. */
function limitOf(parent: string): string {
  return existsSync(join(parent, 'memory.limit_in_bytes')) ? 'memory.limit_in_bytes' : 'memory.max';
}
