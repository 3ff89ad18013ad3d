import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  adopt,
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { freePort } from './servers.js';
import { imageOf } from './state.js';

const SURROUNDINGS = resolve('test/fixtures/surroundings.mjs');

interface Surroundings {
  readonly pid: number;
  readonly stored: { readonly timer?: unknown; readonly promise?: unknown };
  readonly changes: readonly string[];
  readonly measures: readonly { readonly name: string; readonly duration: number }[];
  readonly delay: number;
  readonly elu: { readonly active: number; readonly idle: number };
  readonly wallClockLag: number;
  readonly inspector?: string;
  readonly servers: readonly string[];
  /** By the function that was imported by name. */
  readonly imported: readonly string[];
  readonly host: string;
  readonly isRaw: boolean;
  readonly report: { readonly pid: number; readonly FOO?: string };
}

const start = (environment: NodeJS.ProcessEnv = {}) =>
  startService([process.execPath, SURROUNDINGS], [], environment);

const look = async (port: number) => (await get(port)) as unknown as Surroundings;

const HOUR = 3_600_000;

describe('over a restore', () => {
  it('async-local storage is what it was, in timers and in pending promises', async () => {
    const service = await start();
    const images = await imageOf(service);
    const copy = launch(['restore', images]);
    const { stored } = await look(service.port);
    expect(stored).toEqual({ timer: { request: 7 }, promise: { request: 7 } });
    await end(copy.child);
  });

  it('signal handlers get the signals of the launcher', async () => {
    const service = await start();
    const images = await imageOf(service);
    const copy = launch(['restore', images]);
    await look(service.port);
    copy.child.kill('SIGHUP');
    await waitForOutput(copy, /got SIGHUP/);
    copy.child.kill('SIGUSR2');
    await waitForOutput(copy, /got SIGUSR2/);
    await end(copy.child);
  });

  it('watchers of directories see what changes then', async () => {
    const WATCH = temporaryDirectory();
    const service = await start({ WATCH });
    writeFileSync(join(WATCH, 'before'), '');
    await expect.poll(async () => (await look(service.port)).changes).toContain('before');
    const images = await imageOf(service);
    writeFileSync(join(WATCH, 'meanwhile'), '');
    const copy = launch(['restore', images], { WATCH });
    await look(service.port);
    writeFileSync(join(WATCH, 'after'), '');
    await expect.poll(async () => (await look(service.port)).changes).toContain('after');
    // What happens while there is only an image is seen by nobody.
    expect((await look(service.port)).changes).not.toContain('meanwhile');
    await end(copy.child);
  });

  it('an inspector is closed and listens again', async () => {
    const service = await start({ INSPECT: '1' });
    const before = new URL((await look(service.port)).inspector as string);
    const version = `http://${before.host}/json/version`;
    expect((await fetch(version)).status).toBe(200);
    const images = await imageOf(service);
    const copy = launch(['restore', images]);
    const after = new URL((await look(service.port)).inspector as string);
    expect(after.host).toBe(before.host);
    // Another session id: who debugged the original does not debug the copy.
    expect(after.pathname).not.toBe(before.pathname);
    expect((await fetch(version)).status).toBe(200);
    await end(copy.child);
  });

  it('name servers and hosts are those of the machine of the restore', async () => {
    const service = await start();
    const images = await imageOf(service);
    const directory = temporaryDirectory();
    const [resolv, hosts] = [join(directory, 'resolv.conf'), join(directory, 'hosts')];
    writeFileSync(resolv, 'nameserver 127.0.0.99\n');
    writeFileSync(hosts, '127.0.0.1 localhost\n127.0.0.42 tubthump.test\n');
    const mounts = `mount --bind ${resolv} /etc/resolv.conf && mount --bind ${hosts} /etc/hosts`;
    const script = `${mounts} && exec ${LAUNCHER} restore ${images}`;
    const child = adopt(spawn('unshare', ['-m', 'sh', '-c', script], { stdio: 'ignore' }));
    const state = await look(service.port);
    expect(state.servers).toEqual(['127.0.0.99']);
    expect(state.imported).toEqual(['127.0.0.99']);
    expect(state.host).toBe('127.0.0.42');
    await end(child);
  });

  it('name servers that the application chose stay', async () => {
    const service = await start({ DNS: '127.0.0.77' });
    const copy = launch(['restore', await imageOf(service)]);
    expect((await look(service.port)).servers).toEqual(['127.0.0.77']);
    await end(copy.child);
  });

  it('a diagnostic report is of the copy', async () => {
    const service = await start({ FOO: 'old' });
    const copy = launch(['restore', await imageOf(service)], { FOO: 'new' });
    const { pid, report } = await look(service.port);
    expect(report).toEqual({ pid, FOO: 'new' });
    await end(copy.child);
  });

  it('performance counts no downtime, and so lags behind the wall clock', async () => {
    const service = await start();
    const before = await look(service.port);
    expect(Math.abs(before.wallClockLag)).toBeLessThan(HOUR);
    const images = await imageOf(service);
    const later = ['--time', '--monotonic', '36000', '--boottime', '36000', LAUNCHER];
    const child = adopt(spawn('unshare', [...later, 'restore', images], { stdio: 'ignore' }));
    const after = await look(service.port);
    expect(after.measures.length).toBeGreaterThan(before.measures.length);
    for (const { duration } of after.measures) expect(duration).toBeLessThan(HOUR);
    expect(after.delay).toBeLessThan(HOUR);
    expect(after.elu.active + after.elu.idle).toBeLessThan(HOUR);
    expect(after.wallClockLag).toBeGreaterThan(before.wallClockLag);
    await end(child);
  });
});

describe('a terminal in raw mode', () => {
  it('is in raw mode again: keys arrive one by one', async () => {
    const port = await freePort();
    const directory = temporaryDirectory();
    const log = join(directory, 'log');
    const images = join(directory, 'image');
    const onTerminal = (command: string, file: string) => {
      const fd = openSync(file, 'a');
      const env = { ...process.env, PORT: String(port) };
      const args = ['-qec', command, '/dev/null'];
      return adopt(spawn('script', args, { env, stdio: ['pipe', fd, fd] }));
    };
    const original = onTerminal(`${LAUNCHER} run -- ${process.execPath} ${SURROUNDINGS}`, log);
    const { pid, isRaw } = await look(port);
    expect(isRaw).toBe(true);
    original.stdin?.write('a');
    await expect.poll(() => readFileSync(log, 'utf8')).toContain('key a');
    await askCheckpoint(pid, { images, leaveRunning: false });
    await exitOf(original);

    const second = join(directory, 'second');
    const copy = onTerminal(`${LAUNCHER} restore ${images}`, second);
    await look(port);
    copy.stdin?.write('b');
    await expect.poll(() => readFileSync(second, 'utf8')).toContain('key b');
    process.kill(pid, 'SIGTERM');
    await exitOf(copy);
  });
});
