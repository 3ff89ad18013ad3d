import { createHash } from 'node:crypto';
import { ImageDirectory } from '../../images/directory.js';
import { readManifest } from '../../images/manifest.js';
import type { Mapping } from '../../images/mappings.js';
import type { ImageMemory, Stretch } from '../../images/memory.js';
import type { PstreeEntry } from '../../images/messages.js';
import { readFiles, readProcess, readStrings } from '../../images/process.js';
import { isSecretVariable, LONGEST, PATTERNS } from './patterns.js';

const PIECE = 1 << 20;

/** One secret in one process, however often its memory holds it. The secret itself is not here. */
export interface SecretFinding {
  readonly pid: number;
  /** What it is, with the name of the variable where it is the value of one. */
  readonly kind: string;
  readonly times: number;
  /** Where it stands first, in hex, and in which mapping. */
  readonly address: string;
  readonly mapping: string;
}

/**
 * Looks for secrets in all pages of an image: values of environment variables with telling names,
 * private keys, bearer tokens, connection strings. What is compressed, encrypted, encoded or split
 * is not found: an empty result proves nothing.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, ERR_TUBTHUMP_IMAGE_INVALID, ERR_TUBTHUMP_KEY
 */
export async function findSecrets(path: string): Promise<SecretFinding[]> {
  const images = new ImageDirectory(path);
  await readManifest(images); // One that is encrypted is refused.
  const files = await readFiles(images);
  const found: SecretFinding[] = [];
  for (const entry of await images.messages<PstreeEntry>('pstree.img')) {
    const { mm, memory, mappings } = await readProcess(images, entry, files);
    try {
      const variables = await readStrings(memory, mm.mm_env_start, mm.mm_env_end);
      const hits = new Hits(entry.pid, mappings);
      const values = secretValues(variables);
      for (const stretch of memory.stretches) await scan(memory, stretch, values, hits);
      found.push(...hits.findings());
    } finally {
      await memory.close();
    }
  }
  return found;
}

interface SecretValue {
  readonly kind: string;
  readonly bytes: Buffer;
}

/** V8 holds text in one byte a character, or two. */
function secretValues(variables: readonly string[]): SecretValue[] {
  return variables.flatMap((line) => {
    const equals = line.indexOf('=');
    const [name, value] = [line.slice(0, equals), line.slice(equals + 1)];
    if (equals < 1 || !isSecretVariable(name, value)) return [];
    const kind = `value of ${name}`;
    return [
      { kind, bytes: Buffer.from(value, 'utf8') },
      { kind, bytes: Buffer.from(value, 'utf16le') },
    ];
  });
}

async function scan(
  memory: ImageMemory,
  stretch: Stretch,
  values: readonly SecretValue[],
  hits: Hits,
): Promise<void> {
  const size = Number(stretch.end - stretch.start);
  for (let at = 0; at < size; at += PIECE) {
    const length = Math.min(PIECE + LONGEST, size - at);
    const bytes = await memory.readFile(stretch, BigInt(at), length);
    const start = stretch.start + BigInt(at);
    // What begins in the overlap belongs to the next piece.
    const owned = (offset: number) => offset < PIECE;
    for (const { kind, bytes: wanted } of values)
      for (let from = bytes.indexOf(wanted); from >= 0; from = bytes.indexOf(wanted, from + 1))
        if (owned(from)) hits.add(kind, wanted, start + BigInt(from));
    const text = bytes.toString('latin1');
    for (const { kind, text: pattern } of PATTERNS)
      for (const match of text.matchAll(pattern))
        if (owned(match.index)) hits.add(kind, match[0], start + BigInt(match.index));
    if (bytes.length < length) return;
  }
}

/** Gathers places by secret, of which only a digest is kept. */
class Hits {
  private readonly found = new Map<string, { kind: string; times: number; address: bigint }>();

  constructor(
    private readonly pid: number,
    private readonly mappings: readonly Mapping[],
  ) {}

  add(kind: string, secret: string | Buffer, address: bigint): void {
    // A variable is one secret, whatever its encoding.
    const key = kind.startsWith('value of') ? kind : `${kind} ${digest(secret)}`;
    const known = this.found.get(key);
    if (known) known.times++;
    else this.found.set(key, { kind, times: 1, address });
  }

  findings(): SecretFinding[] {
    return [...this.found.values()].map(({ kind, times, address }) => ({
      ...{ pid: this.pid, kind, times, address: address.toString(16) },
      mapping:
        this.mappings.find(({ start, end }) => start <= address && address < end)?.name ?? '',
    }));
  }
}

function digest(secret: string | Buffer): string {
  return createHash('sha256').update(secret).digest('hex');
}
