import fs from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { captureOrigin, type Origin } from './origin.js';
import { wrap } from './wrap.js';

interface Opened {
  readonly path: unknown;
  readonly origin: Origin;
}

/** The last opening of each descriptor number: never more entries than descriptors. */
const opened = new Map<number, Opened>();

/** Remembers who opens files: fs.open, fs.openSync, streams (which use them), fs.promises.open. */
export function watchFiles(): void {
  wrap(
    fs,
    'openSync',
    (openSync) =>
      function wrapped(...args) {
        const fd = Reflect.apply(openSync, this, args);
        opened.set(fd, { path: args[0], origin: captureOrigin(wrapped) });
        return fd;
      },
  );
  wrap(
    fs,
    'open',
    (open) =>
      function wrapped(...args) {
        const done = args.at(-1);
        // What is wrong with the arguments is Node's to say.
        if (typeof done !== 'function') return Reflect.apply(open, this, args);
        const origin = captureOrigin(wrapped);
        args[args.length - 1] = function (this: unknown, error: unknown, fd: number) {
          if (!error) opened.set(fd, { path: args[0], origin });
          return Reflect.apply(done, this, [error, fd]);
        };
        return Reflect.apply(open, this, args);
      },
  );
  wrap(
    fs.promises,
    'open',
    (open) =>
      async function wrapped(...args) {
        const origin = captureOrigin(wrapped);
        const handle = await Reflect.apply(open, this, args);
        opened.set(handle.fd, { path: args[0], origin });
        return handle;
      },
  );
}

/** Who opened descriptor `fd`, if what was opened last under that number is `path`. */
export function originOfFile(fd: number, path: string): Origin | undefined {
  const entry = opened.get(fd);
  return entry && realPath(entry.path) === path ? entry.origin : undefined;
}

function realPath(path: unknown): string | undefined {
  const given =
    path instanceof URL ? fileURLToPath(path) : Buffer.isBuffer(path) ? String(path) : path;
  if (typeof given !== 'string') return undefined;
  try {
    return fs.realpathSync(given);
  } catch {
    return resolve(given); // It was deleted.
  }
}
