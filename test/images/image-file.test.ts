import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import { decodeImage, encodeImage } from '../../src/images/image-file.js';
import { type ImageKind, KINDS, kindOf } from '../../src/images/kinds.js';
import { entriesOf } from './arbitrary.js';

const NAMED = KINDS.map((kind) => [nameOf(kind), kind] as const);
const pagemap = kindOf('pagemap-1.img') as ImageKind;
const mm = kindOf('mm-1.img') as ImageKind;

/** The entries, or the message of the error; any error that is not ours is thrown on. */
function outcome(kind: ImageKind, bytes: Uint8Array): unknown[] | string {
  try {
    return decodeImage('x.img', kind, bytes);
  } catch (error) {
    if (!(error instanceof TubthumpError)) throw error;
    expect(error.code).toBe('ERR_TUBTHUMP_IMAGE_INVALID');
    return error.message;
  }
}

function nameOf({ message, name }: ImageKind): string {
  return `${message} (${name.source})`;
}

function file(...words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}

describe.each(NAMED)('an image file of %s', (_, kind) => {
  it('is the same after it was decoded and encoded', () => {
    fc.assert(
      fc.property(entriesOf(kind), (entries) => {
        const bytes = encodeImage(kind, entries);
        const decoded = decodeImage('x.img', kind, bytes);
        expect(decoded).toHaveLength(entries.length);
        expect(Buffer.from(encodeImage(kind, decoded))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('that is cut short anywhere is refused, or ends between two messages', () => {
    fc.assert(
      fc.property(entriesOf(kind), fc.nat(), (entries, cut) => {
        const bytes = encodeImage(kind, entries);
        const short = bytes.subarray(0, cut % bytes.length);
        const result = outcome(kind, short);
        if (typeof result === 'string') expect(result).toMatch(/x\.img (is cut short|no )/);
        else expect(result.length).toBeLessThan(entries.length + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('with bits flipped is decoded to something, or refused with our error', () => {
    fc.assert(
      fc.property(entriesOf(kind), fc.array(fc.nat(), { minLength: 1 }), (entries, flips) => {
        const bytes = Uint8Array.from(encodeImage(kind, entries));
        for (const flip of flips) {
          const at = (flip >> 3) % bytes.length;
          bytes[at] = (bytes[at] as number) ^ (1 << (flip & 7));
        }
        const result = outcome(kind, bytes);
        expect(typeof result === 'string' || Array.isArray(result)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of any bytes is refused or decoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const header = encodeImage(kind, []);
        expect(outcome(kind, bytes)).toBeDefined();
        expect(outcome(kind, Buffer.concat([header, bytes]))).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });
});

describe('decodeImage', () => {
  it('names both magic numbers when the file is of another kind', () => {
    expect(outcome(pagemap, file(0x54564319, 0x57492820))).toBe(
      'x.img starts with 0x57492820 where 0x56084025 belongs: another kind or version',
    );
    expect(outcome(pagemap, file(1))).toContain('starts with 0x00000001 where 0x54564319 belongs');
  });

  it('believes no length that reaches past the end', () => {
    for (const length of [5, 2 ** 31, 2 ** 32 - 1]) {
      expect(outcome(pagemap, file(0x54564319, 0x56084025, length, 0))).toBe(
        `x.img is cut short: ${length} bytes wanted at byte 12, 4 there`,
      );
    }
  });

  it('believes no length of a part of a message either', () => {
    // Field 14 (vmas) of 2^32 - 1 bytes.
    const message = Buffer.from([0x72, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    const bytes = Buffer.concat([file(0x54564319, 0x57492820, message.length), message]);
    expect(outcome(mm, bytes)).toMatch(/no mm_entry at byte 8: invalid length/);
  });

  it('stops at the first of many parts that lack what they must have', () => {
    const message = Buffer.alloc(8 << 20, Buffer.from([0x72, 0x00]));
    const bytes = Buffer.concat([file(0x54564319, 0x57492820, message.length), message]);
    expect(outcome(mm, bytes)).toMatch(/no mm_entry at byte 8: missing required 'start'/);
  });

  it('does not follow messages inside messages without end', () => {
    const cgroup = kindOf('cgroup.img') as ImageKind;
    // Directories of a controller (field 2), each with a name (1) and one more in it (2).
    let message = Buffer.from([0x0a, 0x00]);
    const wrap = (tag: number, inside: Buffer) =>
      Buffer.concat([Buffer.from([tag, ...varint(inside.length)]), inside]);
    for (let depth = 0; depth < 200; depth++)
      message = Buffer.concat([Buffer.from([0x0a, 0x00]), wrap(0x12, message)]);
    message = wrap(0x12, wrap(0x12, message));
    const bytes = Buffer.concat([file(0x54564319, 0x59383330, message.length), message]);
    expect(outcome(cgroup, bytes)).toMatch(/max depth exceeded/);
  });

  it('keeps 64-bit numbers whole', () => {
    const vsyscall = { vaddr: 0xffffffffff600000n, compat_nr_pages: 1, nr_pages: 2n ** 64n - 1n };
    const entries = [{ message: { pages_id: 1 } }, { message: vsyscall }];
    expect(decodeImage('x.img', pagemap, encodeImage(pagemap, entries))).toEqual(entries);
  });
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
