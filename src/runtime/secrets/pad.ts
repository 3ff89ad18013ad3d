import { randomFillSync } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { controlDirectory } from '../../control/location.js';

/**
 * A text in two halves: a one-time pad in a file of this user's own, and the rest in memory. The
 * image has the second half and is worth nothing without the first, which goes when the image is
 * complete.
 */
export class Padded {
  readonly file: string;
  readonly #rest: Buffer;

  constructor(text: string) {
    this.file = `${controlDirectory(process.getuid?.() ?? 0)}/${process.pid}.pad`;
    const plain = Buffer.from(text);
    const pad = randomFillSync(Buffer.alloc(plain.length));
    this.#rest = xor(plain, pad);
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    rmSync(this.file, { force: true }); // Of an earlier process with our pid.
    writeFileSync(this.file, pad, { mode: 0o600, flag: 'wx' });
    pad.fill(0);
    plain.fill(0);
  }

  /** The text, once; there is no pad afterwards. */
  open(): string {
    const text = xor(this.#rest, readFileSync(this.file)).toString();
    rmSync(this.file);
    return text;
  }
}

function xor(one: Buffer, other: Buffer): Buffer {
  const result = Buffer.alloc(one.length);
  for (const [index, byte] of one.entries()) result[index] = byte ^ (other[index] as number);
  return result;
}
