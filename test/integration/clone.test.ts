import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Copies, clone } from '../../src/clone/clone.js';
import type { CloneOptions } from '../../src/clone/options.js';
import { askStatus } from '../../src/control/client.js';
import { askClone, freeNetwork, freePorts, imageForClones } from './clones.js';
import {
  adopt,
  collect,
  end,
  exitOf,
  launch,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

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

/** Free in general, so that copies of the file's tests find each other gone. */
let port: number;

beforeEach(async () => {
  port = await freePorts(20);
});

describe('clones of one image', () => {
  it('live side by side, ten times over, each with what is its own', async () => {
    const images = await imageForClones();
    const calls = await Promise.all(
      Array.from({ length: 10 }, (_, call) =>
        make(images, {
          count: 2,
          first: 1 + 2 * call,
          port: `${port}+`,
          hostname: 'web-{n}',
          env: { FOO: 'foo {n}' },
          args: ['--number', '{n}'],
        }),
      ),
    );
    const copies = calls.flat();
    const answers = await Promise.all(copies.map((copy) => askClone(port + copy.number - 1)));
    for (const [index, answer] of answers.entries()) {
      const copy = copies[index];
      const number = index + 1;
      expect(answer).toMatchObject({
        hostname: `web-${number}`,
        foo: `foo ${number}`,
        args: ['--number', String(number)],
        info: {
          reason: 'restored',
          cloneId: copy?.cloneId,
          imageId: copy?.imageId,
          args: ['--number', String(number)],
          copy: { number, pid: copy?.pid, hostname: `web-${number}`, log: null },
        },
      });
      expect(answer.info?.environment.added).toContain('FOO');
      expect(readFileSync(`/proc/${copy?.pid}/status`, 'utf8')).toMatch(
        new RegExp(`^NSpid:\t${copy?.pid}\t${answer.pid}$`, 'm'),
      );
    }
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
    expect(new Set(answers.map(({ random }) => random)).size).toBe(20);
    expect(new Set(copies.map(({ cloneId }) => cloneId)).size).toBe(20);
  });

  it('have the same port in networks of their own', async () => {
    const network = freeNetwork();
    const images = await imageForClones({ HOST: '0.0.0.0' });
    const copies = await make(images, {
      count: 3,
      ip: `${network}.{n}`,
      listen: `0.0.0.0:${port}`,
    });
    for (const { number, cloneId } of copies) {
      const answer = await askClone(port, '/', `${network}.${number}`);
      expect(answer.info?.cloneId).toBe(cloneId);
    }
    const taken = clone(images, { ip: `${network}.2` });
    await expect(taken).rejects.toMatchObject({
      code: 'ERR_TUBTHUMP_CLONE',
      errors: [{ code: 'ERR_TUBTHUMP_NAMESPACE', message: expect.stringContaining('EEXIST') }],
    });
  });

  it('share one port by SO_REUSEPORT', async () => {
    const copies = await make(await imageForClones(), {
      count: 3,
      listen: String(port),
      reusePort: true,
    });
    await Promise.all(copies.map(({ ready }) => ready));
    const seen = new Set<string | undefined>();
    for (let tries = 0; tries < 500 && seen.size < copies.length; tries++) {
      seen.add((await askClone(port)).info?.cloneId);
    }
    expect([...seen].sort()).toEqual(copies.map(({ cloneId }) => cloneId).sort());
  });

  it('are what Node people expect of a child process', async () => {
    const [copy] = await make(await imageForClones(), { port: `${port}+` });
    if (!copy?.stdin || !copy.stdout) throw new Error('no pipes');
    const lines = createInterface({ input: copy.stdout });
    await copy.ready;
    copy.stdin.write('hello\n');
    expect(await once(lines, 'line')).toEqual(['read: hello']);
    copy.kill('SIGUSR2');
    expect(await once(lines, 'line')).toEqual(['got SIGUSR2']);
    const { private: own, proportional, resident } = await copy.memory();
    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThanOrEqual(proportional);
    expect(proportional).toBeLessThanOrEqual(resident);
    expect(copy).toMatchObject({ alive: true, exitCode: null, signalCode: null });
    const exit = once(copy, 'exit');
    await askClone(port, '/exit');
    expect(await exit).toEqual([3, null]);
    expect(await copy.exited).toEqual({ status: 3, signal: null });
    expect(copy).toMatchObject({ alive: false, exitCode: 3, signalCode: null });
    expect(copy.kill()).toBe(false);
    await expect(copy.memory()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_SERVICE_ENDED' });
  });

  it('write to nobody, or where the caller does', async () => {
    const images = await imageForClones();
    const [quiet] = await make(images, { port: `${port}+`, stdio: 'ignore' });
    expect(quiet).toMatchObject({ stdin: null, stdout: null, stderr: null });
    await askClone(port, '/log');
    const options = JSON.stringify({ first: 2, port: `${port}+`, stdio: 'inherit' });
    const program = resolve('test/fixtures/clone-parent.mjs');
    const parent = collect(adopt(spawn(process.execPath, [program, images, options])));
    await askClone(port + 1, '/log');
    await waitForOutput(parent, /logged by 2/);
    await end(parent.child);
  });

  it('have an init that reaps what loses its parent', async () => {
    const copies = await make(await imageForClones(), { port: `${port}+` });
    await copies[0]?.ready;
    const { orphan } = await askClone(port, '/orphan');
    expect(orphan).toBeGreaterThan(1);
    // A zombie would still be there.
    await expect
      .poll(async () => (await askClone(port, `/exists?${orphan}`)).exists, { timeout: 10_000 })
      .toBe(false);
  });

  it('end one by one, and the others go on', async () => {
    const copies = await make(await imageForClones(), { count: 3, port: `${port}+` });
    copies[1]?.kill('SIGKILL');
    expect(await copies[1]?.exited).toEqual({ status: null, signal: 'SIGKILL' });
    copies[2]?.kill('SIGSTOP');
    await copies[2]?.[Symbol.asyncDispose]();
    expect(await copies[2]?.exited).toMatchObject({ signal: 'SIGTERM' });
    expect((await askClone(port)).info?.cloneId).toBe(copies[0]?.cloneId);
  });

  it('can be asked for their status, and be checkpointed again', async () => {
    const images = await imageForClones();
    const [copy] = await make(images, { port: `${port}+` });
    await copy?.ready;
    await askClone(port, '/count');
    const pid = copy?.pid as number;
    expect(await askStatus(pid)).toMatchObject({ cloneId: copy?.cloneId, generation: 1 });
    const second = join(temporaryDirectory(), 'second');
    const asked = launch([
      'checkpoint',
      '--images',
      second,
      '--pid',
      String(pid),
      '--leave-running',
    ]);
    expect(await exitOf(asked.child)).toMatchObject({ status: 0 });
    const [next] = await make(second, { first: 2, port: `${port}+` });
    expect(next?.generation).toBe(2);
    expect(await askClone(port + 1)).toMatchObject({ counter: 1 });
  });
});

describe('tubthump clone', () => {
  it('writes logs, passes signals on, and ends when the last copy has', async () => {
    const directory = temporaryDirectory();
    const log = join(directory, 'log-{n}');
    const command = ['clone', '--count', '2', '--port', `${port}+`, '--log', log];
    const running = launch([...command, await imageForClones()]);
    await waitForOutput(running, /copy 2 is pid \d+/);
    for (const number of [1, 2]) {
      const answer = await askClone(port + number - 1, '/log');
      expect(answer.info?.copy.log).toBe(join(directory, `log-${number}`));
      expect(readFileSync(join(directory, `log-${number}`), 'utf8')).toContain(
        `logged by ${number}`,
      );
    }
    expect(await end(running.child)).toEqual({ status: 128 + 15, signal: null });
  });

  it('tells programs what becomes of the copies', async () => {
    const running = launch(['clone', '--json', '--port', `${port}+`, await imageForClones()]);
    await waitForOutput(running, /"event":"settled"/);
    await askClone(port, '/exit');
    expect(await exitOf(running.child)).toEqual({ status: 3, signal: null });
    const events = running
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([
      { event: 'restored', copy: 1 },
      { event: 'settled', up: 1, count: 1 },
      { event: 'exited', copy: 1, status: 3, signal: 0 },
    ]);
  });
});
