import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end } from '../../process/run.js';

/** The launcher of this package, as the build leaves it. */
export const LAUNCHER = fileURLToPath(new URL('../../../build/Release/tubthump', import.meta.url));

/** A small process with a listening socket, in its own session, with its stdio on /dev/null. */
export interface Target {
  readonly pid: number;
  /** Port on 127.0.0.1 that answers one byte to each connection. */
  readonly port: number;
  /** Whether it ended within so many milliseconds. */
  endedWithin(ms: number): Promise<boolean>;
  kill(): void;
}

/** @throws Error when the launcher cannot be started or does not print a port within 5 s */
export async function startTarget(launcher: string): Promise<Target> {
  const child = spawn(launcher, ['probe-target'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    cwd: '/',
    env: {},
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = Number(await readPort(child));
  if (child.pid === undefined || !(port > 0)) {
    child.kill('SIGKILL');
    throw new Error(`${launcher} probe-target did not print its port`);
  }
  return {
    pid: child.pid,
    port,
    endedWithin: (ms) => within(ms, exit),
    kill: () => void child.kill('SIGKILL'),
  };
}

/**
 * Kills the restored copy, which is not our child, if the pid is still one of ours, and waits until
 * it is gone (its parent reaps it).
 */
export async function killCopy(pid: number): Promise<void> {
  if (!isCopy(pid)) return;
  end(pid, false);
  for (let left = 200; left > 0 && isCopy(pid); left -= 1) await sleep(5);
}

// The command line of a zombie is empty, and that of nobody cannot be read.
function isCopy(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0probe-target\0');
  } catch {
    return false;
  }
}

export async function within(ms: number, event: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([event.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Up to end of file: only then nothing of our pipe is open in the target. */
async function readPort(child: ChildProcess): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  try {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(child, 'spawn');
    if (child.stdout && !child.stdout.readableEnded) await once(child.stdout, 'end');
    return text.trim();
  } finally {
    clearTimeout(timer);
  }
}
