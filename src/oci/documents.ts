import { invalid, unsupported } from './error.js';

/** Media types of the OCI image specification 1.1 that `export` writes and `import` takes. */
export const MEDIA = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** Container tools stop at some number between 125 and 500; so do we, before they have to. */
export const MOST_LAYERS = 120;

export type Annotations = Readonly<Record<string, string>>;

/** Where a blob is, by its content. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** bytes */
  readonly size: number;
  readonly annotations?: Annotations;
}

/** index.json */
export interface Index {
  readonly schemaVersion: 2;
  readonly manifests: readonly Descriptor[];
}

export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Annotations;
}

export interface ImageConfig {
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

function isDescriptor(value: unknown): value is Descriptor {
  if (!isRecord(value) || typeof value.mediaType !== 'string' || !isDigest(value.digest))
    return false;
  const { size, annotations = {} } = value;
  return Number.isSafeInteger(size) && Number(size) >= 0 && isRecord(annotations);
}

/** @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID */
export function parseIndex(text: string): Index {
  const json = parse('index.json', text);
  if (Array.isArray(json.manifests) && json.manifests.every(isDescriptor))
    return json as unknown as Index;
  throw invalid('index.json has no list of manifests');
}

/** @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID, ERR_TUBTHUMP_OCI_UNSUPPORTED */
export function parseImageManifest(text: string): ImageManifest {
  const { config, layers, ...rest } = parse('the manifest', text);
  if (!isDescriptor(config) || !Array.isArray(layers) || !layers.every(isDescriptor))
    throw invalid('the manifest lacks a config or layers');
  if (config.mediaType !== MEDIA.config)
    throw unsupported(`the config is ${config.mediaType}, not ${MEDIA.config}`);
  if (layers.length > MOST_LAYERS)
    throw unsupported(`the image has ${layers.length} layers, more than ${MOST_LAYERS}`);
  const other = layers.find(
    ({ mediaType }) => mediaType !== MEDIA.gzip && mediaType !== MEDIA.layer,
  );
  if (other) throw unsupported(`a layer is ${other.mediaType}, not ${MEDIA.gzip}`);
  return { ...rest, config, layers } as unknown as ImageManifest;
}

/**
 * @param layers how many the manifest has
 * @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID
 */
export function parseImageConfig(text: string, layers: number): ImageConfig {
  const { rootfs } = parse('the config', text);
  const ids = isRecord(rootfs) && Array.isArray(rootfs.diff_ids) ? rootfs.diff_ids : [];
  if (ids.length === layers && layers > 0 && ids.every(isDigest))
    return { rootfs: { type: 'layers', diff_ids: ids } };
  throw invalid(`the config does not name ${layers} layers`);
}

/** @throws TubthumpError ERR_TUBTHUMP_OCI_INVALID when it is no JSON object */
export function parse(what: string, text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {}
  throw invalid(`${what} is no JSON object`);
}
