import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';
import type { CloneEvent } from './events.js';
import { type CloneOptions, cloneArguments } from './options.js';

/** Of the launcher; those of the copies follow, three each. */
const CONTROL = 3;

/**
 * The launcher that has made copies for us and looks after them. When we die, it sees the end of the
 * control socket and ends them; when it dies, the kernel does.
 */
export class Keeper {
  readonly #launcher: ChildProcess;
  readonly #control: Duplex;
  #complaints = '';

  constructor(images: string, options: CloneOptions, onEvent: (event: CloneEvent) => void) {
    // Beyond 2, 'ignore' and 'inherit' mean other things to spawn.
    const nothing = openSync('/dev/null', 'r+');
    const stdio = {
      pipe: ['pipe', 'pipe', 'pipe'] as const,
      ignore: [nothing, nothing, nothing],
      inherit: [nothing, process.stdout.fd, process.stderr.fd],
    }[options.stdio ?? 'pipe'];
    const copies = Array.from({ length: options.count ?? 1 }, () => stdio);
    const [command = '', ...words] = cloneArguments(images, options);
    this.#launcher = spawn(launcherPath(), [command, '--control', String(CONTROL), ...words], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', ...copies.flat()],
    });
    closeSync(nothing);
    this.#launcher.stderr?.on('data', (chunk) => {
      this.#complaints += chunk;
    });
    this.#control = this.#launcher.stdio[CONTROL] as Duplex;
    this.#control.on('error', () => {}); // It ended; `ended` tells.
    // readline passes the error of its input on.
    createInterface({ input: this.#control })
      .on('error', () => {})
      .on('line', (line) => onEvent(JSON.parse(line)));
  }

  /** Our ends of a copy's stdin, stdout and stderr; `index` counts from 0. Null unless 'pipe'. */
  stdioOf(index: number): (Duplex | null)[] {
    const first = CONTROL + 1 + 3 * index;
    return [0, 1, 2].map((offset) => (this.#launcher.stdio[first + offset] as Duplex) ?? null);
  }

  signal(copy: number, signal: number): void {
    if (this.#control.writable) this.#control.write(`${JSON.stringify({ copy, signal })}\n`);
  }

  /** Resolves when all copies and the launcher have ended, to the error that it had, if any. */
  ended(): Promise<Error | undefined> {
    return new Promise((resolve) => {
      this.#launcher.once('error', resolve);
      this.#launcher.once('close', (status) =>
        resolve(status === 0 ? undefined : complaint(this.#complaints)),
      );
    });
  }
}

/** What the launcher said before it made any copy. */
function complaint(text: string): Error | undefined {
  try {
    const { error } = JSON.parse(text) as {
      error: { code: ErrorCode; message: string; log: string };
    };
    return new TubthumpError(error.code, error.message, { log: error.log || undefined });
  } catch {
    return text.trim() ? new TubthumpError('ERR_TUBTHUMP_CLONE', text.trim()) : undefined;
  }
}
