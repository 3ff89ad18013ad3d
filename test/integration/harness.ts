import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { checkRoundTrips } from '../images/round-trips.js';

export const LAUNCHER: string = resolve('build/Release/tubthump');
export const SERVICE: string = resolve('test/fixtures/service.mjs');

export interface ServiceAnswer {
  readonly requests: number;
  readonly startId: string;
  readonly items: number;
  readonly pid: number;
  readonly random: readonly (string | number)[];
  readonly environment: { readonly FOO?: string; readonly SET_BY_APP?: string };
  readonly args: readonly string[];
  readonly isTTY: boolean;
  readonly node: string;
  readonly fetched?: number;
}

const children = new Set<ChildProcess>();
const directories = new Set<string>();

afterEach(async () => {
  for (const child of children) await end(child);
  const removed = [...directories];
  directories.clear();
  try {
    for (const directory of removed) checkRoundTrips(directory);
  } finally {
    for (const directory of removed) rmSync(directory, { recursive: true, force: true });
  }
});

/** A directory that is removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-test-'));
  directories.add(directory);
  return directory;
}

/** A child that is ended after the test. */
export function adopt(child: ChildProcess): ChildProcess {
  children.add(child);
  return child;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it wrote to stdout and stderr so far. */
  output(): string;
}

/** Starts the launcher with pipes; it is ended after the test. */
export function launch(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = adopt(
    spawn(LAUNCHER, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    }),
  );
  return collect(child);
}

/** Gathers what a child with pipes writes. */
export function collect(child: ChildProcess): Running {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { child, output: () => output };
}

/** Starts a service under the launcher and waits until it listens. */
export async function startService(
  command: readonly string[] = [process.execPath, SERVICE],
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Running & { port: number; pid: number }> {
  const running = launch(['run', ...options, '--', ...command], environment);
  const port = Number(await waitForOutput(running, /listening on (\d+)/));
  const { pid } = await get(port);
  return { ...running, port, pid };
}

export async function waitForOutput(running: Running, pattern: RegExp): Promise<string> {
  let hasExited = false;
  for (let tries = 0; tries < 1000; tries++) {
    const match = pattern.exec(running.output());
    if (match) return match[1] ?? match[0];
    if (hasExited) break;
    hasExited = running.child.exitCode !== null || running.child.signalCode !== null;
    await sleep(10);
  }
  throw new Error(`never saw ${pattern} in:\n${running.output()}`);
}

/** Asks the service, trying again while nobody listens yet. */
export async function get(port: number, path = '/'): Promise<ServiceAnswer> {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { connection: 'close' },
      });
      return (await response.json()) as ServiceAnswer;
    } catch (error) {
      if (tries > 500) throw error;
      await sleep(10);
    }
  }
}

export interface Exit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Waits until the child has ended and what it wrote was read. Not for 'close': that comes only when
 * its copies, which have its pipes too, have ended.
 */
export async function exitOf(child: ChildProcess): Promise<Exit> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await setImmediate(); // The loop may have asked for input before the child wrote: the next
  await setImmediate(); // turn asks again, and ends in between these two.
  return { status: child.exitCode, signal: child.signalCode };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
  children.delete(child);
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return await exitOf(child);
}

export function manifestOf(images: string): { id: string; labels: Record<string, string> } {
  return JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
}
