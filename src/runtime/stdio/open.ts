import { createReadStream, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Readable, Writable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { kindOf } from './kind.js';

export type OutputStream = Writable & { fd?: number; isTTY?: boolean };

/** A stream for stdout or stderr of the kind that its descriptor has now, as Node makes them. */
export function openOutput(fd: number): OutputStream {
  const stream = outputOf(fd);
  stream.fd = fd;
  // As with Node's own: ending it must not close the descriptor.
  stream.destroy = function (this: OutputStream) {
    return this;
  };
  return stream;
}

function outputOf(fd: number): OutputStream {
  switch (kindOf(fd)) {
    case 'tty':
      return new WriteStream(fd);
    case 'pipe':
      return new Socket({ fd, readable: false, writable: true });
    case 'file':
      return new SyncOutput(fd);
  }
}

export function openInput(): Readable {
  switch (kindOf(0)) {
    case 'tty':
      return new ReadStream(0);
    case 'pipe':
      return new Socket({ fd: 0, readable: true, writable: false });
    case 'file':
      return createReadStream('', { fd: 0, autoClose: false });
  }
}

/** Files and /dev/null are never polled, so their writes are done when write() returns. */
class SyncOutput extends Writable {
  readonly #fd: number;

  constructor(fd: number) {
    super({ decodeStrings: true });
    this.#fd = fd;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    try {
      for (let written = 0; written < chunk.length; ) {
        written += writeSync(this.#fd, chunk, written);
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}
