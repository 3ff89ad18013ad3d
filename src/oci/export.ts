import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import { ImageDirectory } from '../images/directory.js';
import { type Manifest, readPublicManifest } from '../images/manifest.js';
import type { ProgressOptions } from '../progress/progress.js';
import { annotationsOf, createdAt } from './annotations.js';
import { type Base, readBase } from './base.js';
import { MEDIA } from './documents.js';
import { isFileName } from './entries.js';
import { follow } from './following.js';
import { writeLayer } from './layer-writer.js';
import { Layout } from './layout.js';
import { entriesOf, planLayer } from './plan.js';
import type { Reference } from './reference.js';
import type { Scanned } from './scan.js';
import type { Layer } from './stack.js';

export interface ExportOptions extends ProgressOptions {
  /** An image made by `exportImage`: what its layers hold is not stored again. */
  readonly base?: Reference | undefined;
}

export interface Exported {
  /** Of the manifest. */
  readonly digest: string;
  /** How many, with those of the base. */
  readonly layers: number;
  /** The new layer, compressed; bytes. */
  readonly bytes: number;
  /** Pages that are not empty, and how many of these the base holds. */
  readonly pages: number;
  readonly basePages: number;
}

/** A tag that is given to an image without one. */
export const DEFAULT_TAG = 'latest';

/** What CRIU writes at a restore: it is not of the image. */
const LEFT_OUT: ReadonlySet<string> = new Set(['stats-restore']);

/**
 * Writes an image into an OCI image layout, under a tag. Equal images give equal bytes. The layout is
 * made if it is not there; when anything fails, it is as it was.
 *
 * One writer to a layout at a time. Takes about 100 bytes of memory for each page of the base.
 *
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, ERR_TUBTHUMP_IMAGE_INVALID,
 * ERR_TUBTHUMP_OCI_NOT_FOUND, ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_UNSUPPORTED,
 * ERR_TUBTHUMP_IMAGE_PUBLISH; the reason of the signal
 */
export async function exportImage(
  path: string,
  { layout: target, tag = DEFAULT_TAG }: Reference,
  { base: reference, ...options }: ExportOptions = {},
): Promise<Exported> {
  const following = follow(options);
  const images = new ImageDirectory(path);
  const manifest = await readPublicManifest(images);
  const files = await filesOf(images, manifest);
  const base = reference && (await readBase(reference, following));
  const plan = await planLayer(images, files, base, following);
  const layout = await Layout.create(target);
  try {
    const kept = plan.kept.map((layer) => base?.layers[layer] as Layer);
    for (const { descriptor } of kept) await layout.take((base as Base).layout, descriptor.digest);
    const entries = await entriesOf(images, manifest, plan);
    const layer = await writeLayer(layout, entries, following);
    const layers = [...kept, layer];
    const annotations = annotationsOf(manifest, base?.manifest.digest);
    const config = await layout.put(MEDIA.config, JSON.stringify(configOf(manifest, layers)));
    const descriptor = await layout.put(
      MEDIA.manifest,
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MEDIA.manifest,
        config,
        layers: layers.map((it) => it.descriptor),
        annotations,
      }),
    );
    await layout.tag(tag, descriptor);
    const { pages, basePages } = plan;
    const { size: bytes } = layer.descriptor;
    return { digest: descriptor.digest, layers: layers.length, bytes, pages, basePages };
  } catch (cause) {
    await layout.undo();
    options.signal?.throwIfAborted();
    if (TubthumpError.is(cause)) throw cause;
    const message = `${target} cannot hold the image: ${(cause as Error).message}`;
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_PUBLISH', message, { cause });
  }
}

/** Everything in the directory, in order of name; what the manifest names has to be there in full. */
async function filesOf(
  images: ImageDirectory,
  manifest: Manifest,
): Promise<Pick<Scanned, 'name' | 'size' | 'mode'>[]> {
  const names = (await images.names()).filter((name) => !LEFT_OUT.has(name));
  const files = [];
  for (const name of names) {
    const info = await lstat(join(images.path, name));
    if (!info.isFile() || !isFileName(name)) throw damaged(`${name} does not belong into an image`);
    files.push({ name, size: info.size, mode: info.mode & 0o777 });
  }
  for (const { name, size } of manifest.files) {
    const found = files.find((file) => file.name === name);
    if (!found) throw damaged(`${name} is missing`);
    if (found.size !== size) throw damaged(`${name} has ${found.size} bytes, not ${size}`);
  }
  return files;
}

/** What the OCI image specification asks of a config. */
function configOf(manifest: Manifest, layers: readonly Layer[]): unknown {
  return {
    created: createdAt(manifest),
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: annotationsOf(manifest) },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(() => ({ created_by: 'tubthump oci export' })),
  };
}

function damaged(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', message);
}
