import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  /** Complete environment of the program; default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** The program and its process group are killed after so many milliseconds. */
  readonly timeoutMs: number;
  /** Give the program a process group of its own, so that the time limit also ends its children. */
  readonly group?: boolean;
}

export interface RunResult {
  /** Exit status, or null when a signal ended the program. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * Runs a program to its end, without a shell and without standard input.
 * A non-zero status is a result, not an error.
 *
 * @throws the system's error (`code` ENOENT, EACCES, …) when the program cannot be started
 */
export function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const { promise, resolve, reject } = pending<RunResult>();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.group ?? false,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env !== undefined && { env: options.env }),
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end(child.pid, options.group ?? false);
  }, options.timeoutMs);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.once('error', (error) => {
    clearTimeout(timer);
    reject(error);
  });
  child.once('close', (status, signal) => {
    clearTimeout(timer);
    resolve({ status, signal, stdout: stdout(), stderr: stderr(), timedOut });
  });
  return promise;
}

/** Ends a child that was not reaped yet, or its whole group. */
export function end(pid: number | undefined, group: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

// Promise.withResolvers came with Node 22.
function pending<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...functions) => {
    [resolve, reject] = functions;
  });
  return { promise, resolve, reject };
}
