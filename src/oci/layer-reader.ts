import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { TubthumpError } from '../errors/index.js';
import type { Progress } from '../progress/progress.js';
import { type Descriptor, MEDIA } from './documents.js';
import { checkEntry } from './entries.js';
import { invalid } from './error.js';
import type { Following } from './following.js';
import type { Layout } from './layout.js';

/** Takes the bytes of an entry as they come; the next ones come when its promise is fulfilled. */
export type Sink = (bytes: Buffer) => Promise<void> | void;
/** Called for every file in a layer. @returns nothing when its bytes are of no interest */
export type Visit = (name: string, size: number) => Sink | undefined;

const CHUNK = 1 << 20;
const MOST_ENTRIES = 70_000;

/**
 * Reads a layer once, from front to end, in pieces of 1 MB. What it held is certain only when the
 * promise is fulfilled: digests are compared at the end. Its bytes are expected already.
 * @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_NOT_FOUND, what `visit` throws, and
 * the reason of the signal
 */
export async function readLayer(
  layout: Layout,
  { descriptor, diffId }: { readonly descriptor: Descriptor; readonly diffId: string },
  visit: Visit,
  { signal, progress }: Following = {},
): Promise<void> {
  const file = await layout.openBlob(descriptor);
  const hash = createHash('sha256');
  async function parseAll(tar: AsyncIterable<Buffer>) {
    const parser = new EntryParser(visit);
    for await (const bytes of tar) {
      hash.update(bytes);
      await parser.write(bytes);
    }
    await parser.end();
  }
  const blob = () => verified(file, descriptor.digest, progress);
  try {
    if (descriptor.mediaType === MEDIA.layer) await pipeline(blob, parseAll, { signal });
    else await pipeline(blob, createGunzip({ chunkSize: CHUNK }), parseAll, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (TubthumpError.is(cause) || !String((cause as { code?: string }).code).startsWith('Z_'))
      throw cause;
    throw invalid(`the layer ${descriptor.digest} cannot be unpacked: ${(cause as Error).message}`);
  } finally {
    await file.close();
  }
  if (`sha256:${hash.digest('hex')}` !== diffId)
    throw invalid(`the layer ${descriptor.digest} is not what the config says`);
}

async function* verified(
  file: FileHandle,
  digest: string,
  progress: Progress | undefined,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
    if (bytesRead === 0) break;
    const bytes = buffer.subarray(0, bytesRead);
    hash.update(bytes);
    progress?.advance(bytesRead);
    yield bytes;
  }
  if (`sha256:${hash.digest('hex')}` !== digest)
    throw invalid(`the blob ${digest} is not what its name says`);
}

/** tar's parser is fed and gives its data in the same call: what the sinks promise is awaited here. */
class EntryParser {
  private readonly names = new Set<string>();
  private readonly parser: Parser;
  private readonly pending: (Promise<void> | void)[] = [];
  private failed: PromiseRejectedResult | undefined;

  constructor(private readonly visit: Visit) {
    this.parser = new Parser({ strict: true, onReadEntry: (entry) => this.start(entry) });
    this.parser.on('ignoredEntry', ({ path }: ReadEntry) => {
      throw invalid(`the layer has a header that is too large, at ${path}`);
    });
  }

  write(bytes: Buffer): Promise<void> {
    return this.step(() => this.parser.write(bytes));
  }

  end(): Promise<void> {
    return this.step(() => this.parser.end());
  }

  /** Leaves no sink at work, whatever fails. */
  private async step(parse: () => unknown): Promise<void> {
    try {
      guarded(parse);
    } finally {
      const outcomes = await Promise.allSettled(this.pending.splice(0));
      for (const outcome of outcomes) if (outcome.status === 'rejected') this.failed ??= outcome;
    }
    if (this.failed) throw this.failed.reason;
  }

  private start(entry: ReadEntry): void {
    const { path, type, size } = entry;
    checkEntry(path, type);
    if (this.names.has(path)) throw invalid(`the layer has ${path} twice`);
    if (this.names.size >= MOST_ENTRIES) throw invalid('the layer has too many entries');
    this.names.add(path);
    const sink = type === 'Directory' ? undefined : this.visit(path, size);
    if (sink) entry.on('data', (bytes) => this.pending.push(sink(bytes)));
    else entry.resume();
  }
}

function guarded(parse: () => unknown): void {
  try {
    parse();
  } catch (cause) {
    if (TubthumpError.is(cause)) throw cause;
    throw invalid(`a layer is no sound tar: ${(cause as Error).message}`, cause);
  }
}
