import { TubthumpError } from '../errors/index.js';
import { messageType } from './definition.js';
import type { ImageKind } from './kinds.js';

/** One message, and the raw bytes that follow it, where the kind has such. */
export interface ImageEntry<Message = Readonly<Record<string, unknown>>> {
  readonly message: Message;
  readonly extra?: Uint8Array;
}

/**
 * Decodes one image file: magic numbers, then messages, each after its length (u32, little-endian).
 * Memory is bounded by the size of `bytes`: no length in them is believed before it has been held
 * against what is there, and messages do without fields that are not in proto/images/.
 *
 * @returns messages with the names of CRIU's fields; 64-bit numbers are bigint, enums are names
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID that names the file and what is wrong
 */
export function decodeImage<Message = Readonly<Record<string, unknown>>>(
  name: string,
  kind: ImageKind,
  bytes: Uint8Array,
): ImageEntry<Message>[] {
  const rest = new Cursor(name, bytes);
  if (kind.first !== undefined) expectMagic(rest, kind.first);
  expectMagic(rest, kind.magic);
  const entries: ImageEntry<Message>[] = [];
  while (rest.left > 0) {
    const message = decodeMessage(
      rest,
      entries.length === 0 ? (kind.head ?? kind.message) : kind.message,
    );
    const size = kind.extra?.(message);
    const extra =
      size === undefined ? {} : { extra: rest.take(size === 'rest' ? rest.left : size) };
    entries.push({ message: message as Message, ...extra });
  }
  return entries;
}

/** The opposite: the same bytes for what `decodeImage` returned of a file that CRIU 4.2 wrote. */
export function encodeImage(kind: ImageKind, entries: readonly ImageEntry[]): Uint8Array {
  const parts = kind.first === undefined ? [u32(kind.magic)] : [u32(kind.first), u32(kind.magic)];
  for (const [index, { message, extra }] of entries.entries()) {
    const type = messageType(index === 0 ? (kind.head ?? kind.message) : kind.message);
    const bytes = type.encode(type.fromObject(message)).finish();
    parts.push(u32(bytes.length), bytes, ...(extra ? [extra] : []));
  }
  return Buffer.concat(parts);
}

function expectMagic(rest: Cursor, magic: number): void {
  const found = rest.u32();
  if (found === magic) return;
  throw rest.error(
    `starts with ${hex(found)} where ${hex(magic)} belongs: another kind or version`,
  );
}

function decodeMessage(rest: Cursor, typeName: string): Readonly<Record<string, unknown>> {
  const start = rest.position;
  const bytes = rest.take(rest.u32());
  try {
    const type = messageType(typeName);
    return type.toObject(type.decode(bytes), { longs: BigInt, enums: String, arrays: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw rest.error(`no ${typeName} at byte ${start}: ${reason}`, cause);
  }
}

class Cursor {
  position = 0;

  constructor(
    private readonly name: string,
    private readonly bytes: Uint8Array,
  ) {}

  get left(): number {
    return this.bytes.length - this.position;
  }

  u32(): number {
    const at = this.take(4);
    return new DataView(at.buffer, at.byteOffset, 4).getUint32(0, true);
  }

  /** A view, no copy. */
  take(size: number): Uint8Array {
    if (!(size <= this.left)) {
      throw this.error(
        `is cut short: ${size} bytes wanted at byte ${this.position}, ${this.left} there`,
      );
    }
    this.position += size;
    return this.bytes.subarray(this.position - size, this.position);
  }

  error(what: string, cause?: unknown): TubthumpError {
    const details = cause === undefined ? {} : { cause };
    return new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', `${this.name} ${what}`, details);
  }
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
