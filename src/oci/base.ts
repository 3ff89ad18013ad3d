import { type Descriptor, MOST_LAYERS } from './documents.js';
import { CHECKPOINT, CONTENTS, PAGES } from './entries.js';
import { unsupported } from './error.js';
import type { Following } from './following.js';
import { readLayer } from './layer-reader.js';
import { Layout } from './layout.js';
import { PageIndex } from './page-index.js';
import type { Reference } from './reference.js';
import { type Layer, readStack } from './stack.js';

/** An image whose pages need not be stored again. */
export interface Base {
  readonly layout: Layout;
  /** Lowest first. */
  readonly layers: readonly Layer[];
  readonly manifest: Descriptor;
  /** What the places in `pages` are in. */
  readonly sources: readonly { readonly layer: number; readonly entry: string }[];
  readonly pages: PageIndex;
}

/**
 * Reads all layers of an image and holds them against their digests.
 * @throws TubthumpError ERR_TUBTHUMP_OCI_NOT_FOUND, ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_UNSUPPORTED
 */
export async function readBase(
  { layout: path, tag }: Reference,
  following: Following,
): Promise<Base> {
  const layout = await Layout.open(path);
  const { manifest, layers } = await readStack(layout, tag);
  if (layers.length >= MOST_LAYERS)
    throw unsupported(`the base has ${layers.length} layers, there is room for ${MOST_LAYERS}`);
  for (const { descriptor } of layers) following.progress?.expect(descriptor.size);
  const pages = new PageIndex();
  const sources: { layer: number; entry: string }[] = [];
  for (const [layer, what] of layers.entries()) {
    let isOurs = false;
    await readLayer(
      layout,
      what,
      (entry) => {
        if (entry === CONTENTS) isOurs = true;
        if (entry !== PAGES && !entry.startsWith(CHECKPOINT)) return undefined;
        sources.push({ layer, entry });
        return pages.reader(sources.length - 1);
      },
      following,
    );
    if (!isOurs) throw unsupported(`${path} holds something else than an image of tubthump`);
  }
  return { layout, layers, manifest, sources, pages };
}
