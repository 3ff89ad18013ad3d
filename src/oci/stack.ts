import { type Descriptor, parseImageConfig, parseImageManifest } from './documents.js';
import type { Layout } from './layout.js';

export interface Layer {
  readonly descriptor: Descriptor;
  /** Digest of its tar: stays the same when a tool compresses it anew. */
  readonly diffId: string;
}

/** What an image in a layout is made of. */
export interface Stack {
  readonly manifest: Descriptor;
  /** Lowest first; at least one. */
  readonly layers: readonly Layer[];
}

/**
 * Reads manifest and config of an image, but no layer.
 * @throws TubthumpError ERR_TUBTHUMP_OCI_NOT_FOUND, ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_UNSUPPORTED
 */
export async function readStack(layout: Layout, tag: string | undefined): Promise<Stack> {
  const manifest = await layout.find(tag);
  const { config, layers } = parseImageManifest(await layout.read(manifest));
  const { rootfs } = parseImageConfig(await layout.read(config), layers.length);
  return {
    manifest,
    layers: layers.map((descriptor, index) => ({
      descriptor,
      diffId: rootfs.diff_ids[index] as string,
    })),
  };
}
