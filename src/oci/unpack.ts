import { type Contents, decodeContents } from './contents.js';
import { CONTENTS, RUNS } from './entries.js';
import { invalid, unsupported } from './error.js';
import type { Following } from './following.js';
import { readLayer, type Sink } from './layer-reader.js';
import type { Layout } from './layout.js';
import { Placement } from './placement.js';
import { LARGEST_RUNS } from './runs.js';
import type { Layer } from './stack.js';

const LIMITS: ReadonlyMap<string, number> = new Map([
  [CONTENTS, 16 << 20],
  [RUNS, LARGEST_RUNS],
]);

/**
 * Puts the files of an image into a directory, which is ours and empty. Each layer that has something
 * of it is read once: the uppermost first, for it begins with what is where.
 */
export async function unpack(
  layout: Layout,
  layers: readonly Layer[],
  directory: string,
  following: Following,
): Promise<{ contents: Contents; read: number }> {
  const front = new Front(layers.length);
  let placement: Promise<Placement> | undefined;
  const start = () => {
    placement ??= Placement.create(directory, front.contents);
    placement.catch(() => {});
    return placement;
  };
  const top = layers.length - 1;
  const read = (layer: number, visit: (entry: string, size: number) => Sink | undefined) =>
    readLayer(layout, layers[layer] as Layer, visit, following);
  const expect = (layer: number) => following.progress?.expect(layers[layer]?.descriptor.size ?? 0);
  try {
    expect(top);
    await read(top, (entry, size) => {
      if (LIMITS.has(entry)) return front.take(entry, size);
      const sink = start().then((placing) => placing.sink(top, entry));
      return async (bytes) => (await sink)?.(bytes);
    });
    const placing = await start();
    const { sources } = front.contents;
    const others = new Set(sources.map(({ layer }) => layer).filter((layer) => layer !== top));
    others.forEach(expect);
    for (const layer of others) await read(layer, (entry) => placing.sink(layer, entry));
    await placing.finish();
    return { contents: front.contents, read: others.size + 1 };
  } finally {
    await placement?.then(
      (placing) => placing.close(),
      () => {},
    );
  }
}

/** What stands at the front of the uppermost layer. */
class Front {
  private readonly parts = new Map<string, Buffer[]>();
  private decoded: Contents | undefined;

  constructor(private readonly layers: number) {}

  take(entry: string, size: number): Sink {
    if (size > (LIMITS.get(entry) ?? 0)) throw invalid(`${entry} has ${size} bytes: too many`);
    const parts: Buffer[] = [];
    this.parts.set(entry, parts);
    return (bytes) => void parts.push(Buffer.from(bytes));
  }

  get contents(): Contents {
    const [text, runs] = [this.parts.get(CONTENTS), this.parts.get(RUNS)];
    if (!text || !runs) throw unsupported('the image holds no image of tubthump');
    this.decoded ??= decodeContents(
      Buffer.concat(text).toString('utf8'),
      Buffer.concat(runs),
      this.layers,
    );
    return this.decoded;
  }
}
