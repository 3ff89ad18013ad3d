import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type KeySource, keyArguments } from '../encryption/key-source.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';
import type { WorkingSet } from './working-set.js';

/** The working set of an image. @throws TubthumpError of the native reader */
export async function describeWorkingSet(images: string, key: KeySource = {}): Promise<WorkingSet> {
  return await new Agent(['describe', images, ...keyArguments(key)]).result();
}

/** The native half of `tubthump working-set`: see native/launcher/working_set_agent.h. */
export class Agent {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';
  #complaints = '';

  constructor(args: readonly string[]) {
    this.#child = spawn(launcherPath(), ['working-set-agent', ...args], { stdio: 'pipe' });
    this.#child.stdout?.on('data', (chunk) => {
      this.#output += chunk;
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#complaints += chunk;
    });
    this.#child.stdin?.on('error', () => {}); // It ended first, and says why.
    this.#ended = once(this.#child, 'close');
  }

  /** Waits until the copy that is watched goes on. @throws TubthumpError when there is none */
  async recording(): Promise<void> {
    while (!this.#output.includes('\n') && this.#child.exitCode === null) {
      const more = once(this.#child.stdout as NodeJS.ReadableStream, 'data');
      await Promise.race([more, this.#ended]);
    }
    this.assertAlive();
  }

  /** @throws TubthumpError with what the agent said */
  assertAlive(): void {
    if (this.#child.exitCode !== null) throw failure(this.#complaints);
  }

  /** The requests were sent. */
  finish(): void {
    this.#child.stdin?.end('done\n');
  }

  /** Without finish(), nothing is recorded. */
  async abandon(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
  }

  /** What it prints last. @throws TubthumpError with what it said */
  async result(): Promise<WorkingSet> {
    await this.#ended;
    if (this.#child.exitCode !== 0) throw failure(this.#complaints);
    return JSON.parse(this.#output.trimEnd().split('\n').at(-1) as string) as WorkingSet;
  }
}

/** The last line is the error; the copy may have written others. */
function failure(complaints: string): TubthumpError {
  const last = complaints.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { error } = JSON.parse(last) as {
      error: { code: ErrorCode; message: string; log: string };
    };
    return new TubthumpError(error.code, error.message, { log: error.log });
  } catch {
    return new TubthumpError(
      'ERR_TUBTHUMP_SERVICE_ENDED',
      `the copy could not be watched: ${complaints.trim() || 'it ended without a word'}`,
    );
  }
}
