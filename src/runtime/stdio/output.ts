import process from 'node:process';
import { dropHandle } from './handle.js';
import { kindOf } from './kind.js';
import { type OutputStream, openOutput } from './open.js';

type Done = (error?: Error | null) => void;

/**
 * stdout or stderr over a freeze. The stream that the application holds stays usable: it passes its
 * writes on to a stream of the kind that the descriptor has after the freeze.
 */
export class Output {
  readonly #name: 'stdout' | 'stderr';
  readonly #fd: 1 | 2;
  #parked: OutputStream | null = null;
  /** Writes that came while there was no descriptor to write to. */
  #waiting: (() => void)[] = [];
  /** Opens the stream when it is first needed: most copies answer before they print. */
  #successor: (() => OutputStream) | null = null;

  constructor(name: 'stdout' | 'stderr', fd: 1 | 2) {
    this.#name = name;
    this.#fd = fd;
  }

  async park(): Promise<void> {
    const stream = process[this.#name] as OutputStream;
    await flushed(stream);
    // Without a handle writes go to the descriptor, whatever is behind it: nothing to do.
    if (!hasHandle(stream)) return;
    this.#parked = stream;
    this.#successor = null;
    this.#divert(stream);
    await dropHandle(stream);
  }

  unpark(): void {
    const former = this.#parked ?? (process[this.#name] as OutputStream);
    const kind = kindOf(this.#fd);
    if (!this.#parked && kind === 'file') return;
    if (!this.#parked) this.#divert(former);
    this.#parked = null;
    let stream: OutputStream | undefined;
    const next = () => {
      stream ??= openOutput(this.#fd);
      return stream;
    };
    this.#successor = next;
    Object.defineProperty(process, this.#name, {
      configurable: true,
      enumerable: true,
      get: next,
    });
    describeTerminal(former, next);
    if (kind === 'tty') followSize(former, next());
    for (const write of this.#waiting.splice(0)) write();
  }

  /** From now on what is written to `stream` goes to its successor. */
  #divert(stream: OutputStream): void {
    Object.assign(stream, {
      _writev: null,
      _write: (chunk: Buffer, encoding: BufferEncoding, done: Done) => {
        const write = () => this.#successor && passOn(this.#successor(), chunk, encoding, done);
        if (this.#successor) write();
        else this.#waiting.push(write);
      },
    });
  }
}

/**
 * Node's stdout writes at once where it can. So must this: a write that waits for the callback of
 * the one before would be lost in process.exit().
 */
function passOn(to: OutputStream, chunk: Buffer, encoding: BufferEncoding, done: Done): void {
  let told = false;
  const tell: Done = (error) => {
    if (!told) done(error);
    told = true;
  };
  to.write(chunk, encoding, tell);
  if (to.writableLength === 0) tell();
}

function hasHandle(stream: OutputStream): boolean {
  return Boolean((stream as { _handle?: unknown })._handle);
}

function flushed(stream: OutputStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** Programs ask the stream that they hold whether it is a terminal, and how wide. */
function describeTerminal(former: OutputStream, next: () => OutputStream): void {
  for (const property of ['isTTY', 'columns', 'rows'] as const) {
    Object.defineProperty(former, property, {
      configurable: true,
      get: () => (next() as Partial<Record<typeof property, unknown>>)[property],
    });
  }
}

function followSize(former: OutputStream, next: OutputStream): void {
  next.on('resize', () => former.emit('resize'));
  const terminal = next as unknown as { _refreshSize(): void };
  process.on('SIGWINCH', () => terminal._refreshSize());
}
