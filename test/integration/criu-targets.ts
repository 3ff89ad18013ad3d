import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from '../criu/fixtures.js';

export interface Target {
  readonly pid: number;
  /** Resolves when it has ended and was reaped: its pid is free for a copy. */
  readonly gone: Promise<unknown>;
}

/** A process that can be dumped: leader of its session, stdio on files. Ended after the test. */
export async function startTarget(output = '/dev/null'): Promise<Target> {
  // Not for appending: CRIU lets a file that is opened so grow.
  const out = openSync(output, 'w');
  const said = join(temporaryDirectory(), 'ready');
  const program = `
    $SIG{USR1} = sub { syswrite(STDOUT, "alive\\n") };
    open(my $ready, '>', '${said}'); close($ready);
    sleep(1000) while 1;`;
  const stdio = ['ignore', out, 'ignore'] as const;
  const child = spawn('/usr/bin/perl', ['-e', program], {
    stdio: [...stdio],
    detached: true,
    cwd: '/',
    env: {},
  });
  closeSync(out);
  endAfterTest(child);
  const { pid } = child;
  if (pid === undefined) throw new Error('perl cannot be started');
  onTestFinished(() => endCopyOf(pid, said));
  await until(() => existsSync(said));
  return { pid, gone: once(child, 'exit') };
}

/** `criu service` with its socket in a directory of the test. Ended after the test. */
export async function startService(criu: string): Promise<string> {
  const directory = temporaryDirectory();
  const socket = join(directory, 'criu.socket');
  const args = ['service', '--address', socket, '-W', directory, '-o', 'service.log'];
  endAfterTest(spawn(criu, args, { stdio: 'ignore', cwd: directory }));
  await until(() => existsSync(socket));
  return socket;
}

/** Ends a copy by its pid and waits until it is gone, or at least no more than a zombie. */
export async function endCopy(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(() => ['', 'Z'].includes(stateOf(pid)));
}

/** A test that failed half-way may have left one; nobody else has this path in its command line. */
function endCopyOf(pid: number, mark: string): void {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file) && readFileSync(file, 'utf8').includes(mark)) process.kill(pid, 'SIGKILL');
}

/** As in /proc/PID/stat: R, S, T, t (traced), Z; empty when there is no such process. */
export function stateOf(pid: number): string {
  return fieldsOf(pid)[0] ?? '';
}

export function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error(`never came true: ${condition}`);
    await sleep(10);
  }
}

function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function endAfterTest(child: ChildProcess): void {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
}
