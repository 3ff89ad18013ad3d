import process from 'node:process';
import type { Readable } from 'node:stream';
import { dropHandle } from './handle.js';
import { openInput } from './open.js';

type TerminalInput = Readable & { isRaw?: boolean; setRawMode?(raw: boolean): void };

/** Set when the application first asked for process.stdin; making it would begin to read. */
let made: TerminalInput | undefined;

/** Notices whether the application uses stdin. To be called before it can. */
export function watchInput(): void {
  const accessor = Object.getOwnPropertyDescriptor(process, 'stdin');
  if (!accessor?.get || !accessor.configurable) return;
  const get = accessor.get;
  Object.defineProperty(process, 'stdin', {
    ...accessor,
    get: () => {
      made ??= get.call(process) as TerminalInput;
      return made;
    },
  });
}

/** stdin over a freeze. What the application reads from goes on with the new descriptor's data. */
export class Input {
  #raw = false;
  #parked: TerminalInput | null = null;
  /** What has the descriptor: `made` itself until the first freeze. */
  #source: TerminalInput | undefined;

  async park(): Promise<void> {
    if (!made || made.readableEnded || made.destroyed) return;
    this.#parked = made;
    this.#raw = made.isRaw ?? false;
    if (this.#raw) made.setRawMode?.(false);
    await dropHandle(this.#source ?? made);
  }

  unpark(): void {
    const former = this.#parked;
    this.#parked = null;
    if (!former) return;
    const next: TerminalInput = openInput();
    if (this.#raw) next.setRawMode?.(true);
    feed(former, next);
    this.#source = next;
  }
}

/** Passes data on at the reader's pace. */
function feed(former: TerminalInput, next: TerminalInput): void {
  const wanted = former.isPaused() === false && former.readableFlowing === true;
  former._read = () => next.resume();
  next.on('data', (chunk) => {
    if (!former.push(chunk)) next.pause();
  });
  next.on('end', () => former.push(null));
  next.on('error', (error) => former.destroy(error));
  former.setRawMode = (raw: boolean) => next.setRawMode?.(raw);
  if (!wanted) next.pause();
}
