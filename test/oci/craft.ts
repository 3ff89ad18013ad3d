import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { encodeContents } from '../../src/oci/contents.js';
import { MEDIA } from '../../src/oci/documents.js';

export type Entry = Omit<HeaderData, 'size'> & { readonly body?: Buffer; readonly size?: number };

export const GZIP = MEDIA.gzip;

/** A file in a layer. */
export const file = (path: string, body: string | Buffer, more: Entry = {}): Entry => ({
  ...{ path, type: 'File', mode: 0o400, body: Buffer.from(body) },
  ...more,
});

export const MANIFEST_FILE = Buffer.from(
  JSON.stringify({
    ...{ format: 2, id: 'crafted', createdAt: 1, generation: 0, engine: 'map', bytes: 0, pid: 1 },
    files: [],
  }),
);

/** The front of a layer that holds nothing but a manifest; with something else in it. */
export function front(contents: object = {}, runs: readonly number[] = [0, 1, 0, 0]): Entry[] {
  const text = JSON.parse(
    encodeContents({
      files: [{ name: 'manifest.json', size: MANIFEST_FILE.length, mode: 0o400, runs: 1 }],
      sources: [{ layer: 0, entry: 'checkpoint/manifest.json' }],
    }),
  );
  return [
    file('tubthump/contents.json', JSON.stringify({ ...text, ...contents })),
    file('tubthump/runs', Buffer.from(new Uint32Array(runs).buffer)),
  ];
}

/** What `front` describes. */
export const image = (...more: readonly Entry[]): Entry[] => [
  ...front(),
  file('checkpoint/manifest.json', MANIFEST_FILE),
  ...more,
];

export function tarOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ body = Buffer.alloc(0), ...data }) => {
    const header = Buffer.alloc(512);
    new Header({
      uid: 0,
      gid: 0,
      mtime: new Date(0),
      ...data,
      size: data.size ?? body.length,
    }).encode(header);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export interface Crafted {
  /** The tar of each layer. */
  readonly layers: readonly Buffer[];
  readonly layerType?: string;
  readonly manifest?: object;
  readonly config?: object;
  readonly index?: object;
  readonly version?: string;
}

/** A layout that is sound but for what is given. */
export function craft(path: string, crafted: Crafted): string {
  mkdirSync(join(path, 'blobs/sha256'), { recursive: true });
  const put = (mediaType: string, bytes: Buffer) => {
    const digest = digestOf(bytes);
    writeFileSync(join(path, 'blobs', digest.replace(':', '/')), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (mediaType: string, value: object) =>
    put(mediaType, Buffer.from(JSON.stringify(value)));
  const { layerType = GZIP } = crafted;
  const layers = crafted.layers.map((tar) =>
    put(layerType, layerType === GZIP ? gzipSync(tar) : tar),
  );
  const config = json(MEDIA.config, {
    rootfs: { type: 'layers', diff_ids: crafted.layers.map(digestOf) },
    ...crafted.config,
  });
  const manifest = json(MEDIA.manifest, { schemaVersion: 2, config, layers, ...crafted.manifest });
  const index = { schemaVersion: 2, manifests: [manifest], ...crafted.index };
  writeFileSync(join(path, 'index.json'), JSON.stringify(index));
  const version = { imageLayoutVersion: crafted.version ?? '1.0.0' };
  writeFileSync(join(path, 'oci-layout'), JSON.stringify(version));
  return path;
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
