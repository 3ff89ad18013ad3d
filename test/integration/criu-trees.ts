import { type StdioOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import type { CriuClient, RestoreOptions, RestoreResult } from '../../src/rpc/index.js';
import { temporaryDirectory } from '../criu/fixtures.js';
import { until } from './criu-targets.js';

/** A process and all that it started, which a test dumps and restores. */
export interface Tree {
  /** Of the root. */
  readonly pid: number;
  /** Of all, the root first; empty when none is left, zombies not counted. */
  pids(): number[];
  /** Waits until those pids are free for a copy. */
  gone(pids: readonly number[]): Promise<void>;
}

export interface TreeOptions {
  readonly stdio?: StdioOptions;
  /** Leader of a session of its own (default). */
  readonly detached?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program that has its own path in the environment variable READY, and makes that file when
 * it is ready. It and its copies are ended after the test: they are known by that variable.
 */
export async function startTree(
  program: string,
  args: readonly string[],
  { stdio = 'ignore', detached = true, env = {} }: TreeOptions = {},
): Promise<Tree> {
  const ready = join(temporaryDirectory(), 'ready');
  const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', READY: ready, ...env };
  const child = spawn(program, args, { stdio, detached, cwd: '/', env: environment });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} cannot be started`);
  const pids = () => marked(`READY=${ready}`).sort((a, b) => Number(b === pid) - Number(a === pid));
  onTestFinished(async () => {
    for (const each of pids()) kill(each);
    await until(() => pids().length === 0);
  });
  await until(() => existsSync(ready) || child.exitCode !== null || child.signalCode !== null);
  if (!existsSync(ready)) throw new Error(`${program} ended before it was ready`);
  return { pid, pids, gone: async (was) => await until(() => !was.some(isThere)) };
}

/** A perl program that calls `ready` when it is. */
export async function startPerl(program: string, options: TreeOptions = {}): Promise<Tree> {
  const ready = 'sub ready { open(my $f, ">", $ENV{READY}); close($f) }';
  return await startTree('/usr/bin/perl', ['-e', `${ready} ${program}`], options);
}

/** Ends all of it, and waits until its pids are free. */
export async function endTree(tree: Tree): Promise<void> {
  const pids = tree.pids();
  for (const pid of pids) kill(pid);
  await tree.gone(pids);
}

/** Restores, again while somebody else on this machine happens to have one of the pids. */
export async function restoreTree(
  criu: CriuClient,
  options: RestoreOptions,
): Promise<RestoreResult> {
  for (let tries = 1; ; tries++) {
    try {
      return await criu.restore(options);
    } catch (error) {
      if (
        !TubthumpError.is(error) ||
        !/File exists|open master pty/.test(error.message) ||
        tries > 100
      )
        throw error;
      await sleep(100);
    }
  }
}

function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
      } catch {
        return false; // It has ended.
      }
    })
    .map(Number);
}

function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}
