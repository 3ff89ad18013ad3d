import { type FileHandle, open } from 'node:fs/promises';

const PT_NOTE = 4;
const NT_GNU_BUILD_ID = 3;
/** Notes are a few hundred bytes; more is not read. */
const LARGEST = 64 * 1024;

/**
 * The GNU build id of a 64-bit ELF file, in hex; undefined when it has none or is none (elf(5)).
 * @throws what opening the file throws
 */
export async function buildIdOf(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const header = await read(file, 0, 64);
    // Magic number, 64 bits, little-endian.
    if (header.length < 64 || header.readUInt32BE(0) !== 0x7f454c46) return undefined;
    if (header[4] !== 2 || header[5] !== 1) return undefined;
    const [size, count] = [header.readUInt16LE(54), header.readUInt16LE(56)];
    const table = await read(file, Number(header.readBigUInt64LE(32)), size * count);
    for (let at = 0; at + 56 <= table.length; at += size) {
      if (table.readUInt32LE(at) !== PT_NOTE) continue;
      const length = Math.min(Number(table.readBigUInt64LE(at + 32)), LARGEST);
      const id = inNotes(await read(file, Number(table.readBigUInt64LE(at + 8)), length));
      if (id) return id;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** Each: length of name, length of content, type, then both, padded to four bytes. */
function inNotes(notes: Buffer): string | undefined {
  const padded = (size: number) => (size + 3) & ~3;
  for (let at = 0; at + 12 <= notes.length; ) {
    const [name, content] = [notes.readUInt32LE(at), notes.readUInt32LE(at + 4)];
    const start = at + 12 + padded(name);
    const isGnu = notes.toString('latin1', at + 12, at + 16) === 'GNU\0';
    if (isGnu && notes.readUInt32LE(at + 8) === NT_GNU_BUILD_ID) {
      return notes.subarray(start, start + content).toString('hex');
    }
    at = start + padded(content);
  }
  return undefined;
}

async function read(file: FileHandle, position: number, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(size, LARGEST));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}
