import { TubthumpError } from '../errors/index.js';
import type { ImageDirectory } from './directory.js';

/** The only format version, as native/core/image/manifest.h has it. */
const FORMAT = 2;

/** manifest.json: what the library drafted (src/engine/criu/draft.ts) and the dump added. */
export interface Manifest {
  readonly id: string;
  /** Wall clock, ms since the epoch. */
  readonly createdAt: number;
  /** How many restores lie behind the dumped state. */
  readonly generation: number;
  readonly engine: 'map' | 'eager';
  /** What all files take on the disk: without holes. */
  readonly bytes: number;
  readonly pid: number;
  readonly tasks: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
  readonly kernel: string;
  readonly cpu: string;
  readonly cpuFeatures: readonly string[];
  /** Hex, as in /proc/PID/status. */
  readonly capabilities: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hooks: readonly string[];
  /** npm packages whose connections an adapter takes care of. */
  readonly adapters: readonly string[];
  /** Of the checkpoint, in ms, by part: `hooksMs`, `quiesceMs`, `bakeMs`. */
  readonly timings: Readonly<Record<string, number>>;
  readonly service: {
    readonly execPath: string;
    readonly argv: readonly string[];
    readonly cwd: string;
  };
  readonly files: readonly {
    readonly name: string;
    readonly size: number;
    /** Of its bytes, and when they were written: native/core/image/seal.h. Foreign images may have none. */
    readonly checksum?: string;
    readonly modifiedNs?: string;
  }[];
  /** Files outside the image that a copy maps or executes. */
  readonly requires: readonly { readonly path: string; readonly size: number }[];
  readonly heap?: { readonly file: string; readonly bytes: number; readonly vmas: number };
  readonly notBaked?: string;
  /** Of an encrypted image, whose manifest.json says little else: docs/encryption.md. */
  readonly encryption?: { readonly cipher: string; readonly key: string };
}

export const MANIFEST = 'manifest.json';
/** Added when it is recorded: native/core/working_set. */
export const WORKING_SET = 'working-set.img';

/** What foreign images may lack without being of no use. */
export const ABSENT = {
  ...{ generation: 0, engine: 'eager', bytes: 0, tasks: [], versions: {}, kernel: '', cpu: '' },
  ...{ cpuFeatures: [], capabilities: '', labels: {}, hooks: [], adapters: [] },
  ...{ timings: {}, requires: [] },
  service: { execPath: '', argv: [], cwd: '' },
} as const;

/**
 * The manifest of an image whose other files can be read, too.
 * @throws TubthumpError as readPublicManifest; ERR_TUBTHUMP_KEY when it is encrypted
 */
export async function readManifest(images: ImageDirectory): Promise<Manifest> {
  const manifest = await readPublicManifest(images);
  if (!manifest.encryption) return manifest;
  throw new TubthumpError('ERR_TUBTHUMP_KEY', 'the image is encrypted, and no key was given');
}

/**
 * The manifest as anybody may read it; that of an encrypted image lacks most.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING without a manifest, ERR_TUBTHUMP_IMAGE_INVALID,
 * ERR_TUBTHUMP_IMAGE_MISMATCH for another format version
 */
export async function readPublicManifest(images: ImageDirectory): Promise<Manifest> {
  if (await isPlain(images)) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_IMAGE_MISSING',
      `${images.path} holds an image that CRIU made alone: it has no ${MANIFEST}`,
      { hint: '`inspect` shows it and `CriuClient` restores it; the rest needs a checkpoint.' },
    );
  }
  if (!(await images.names()).includes(MANIFEST)) {
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_MISSING', `no image in ${images.path}`);
  }
  return parseManifest((await images.read(MANIFEST)).toString('utf8'));
}

/** Whether it is an image, and not one of ours. */
export async function isPlain(images: ImageDirectory): Promise<boolean> {
  const names = await images.names();
  return names.includes('inventory.img') && !names.includes(MANIFEST);
}

export function parseManifest(text: string): Manifest {
  const json = parse(text);
  if (json.format !== FORMAT) {
    const message = `the image has format ${json.format}, this tubthump reads format ${FORMAT}`;
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_MISMATCH', message);
  }
  const manifest = { ...ABSENT, ...json } as unknown as Manifest;
  for (const [field, holds] of Object.entries(EXPECTED)) {
    if (!holds(manifest[field as keyof Manifest]))
      throw invalid(`\`${field}\` is missing or wrong`);
  }
  return manifest;
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isDuration = (value: unknown) => typeof value === 'number' && value >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextRecord = (value: unknown) => isRecord(value) && Object.values(value).every(isText);
const isListOf = (holds: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(holds);
/** No path: what is read stays in the directory. */
const isName = (value: unknown) => isText(value) && !/^\.{0,2}$|\//.test(String(value));

const EXPECTED: Partial<Record<keyof Manifest, (value: unknown) => boolean>> = {
  id: (value) => isText(value) && value !== '',
  createdAt: isNumber,
  generation: isNumber,
  engine: isText,
  bytes: isNumber,
  pid: isNumber,
  tasks: isListOf(isNumber),
  versions: isTextRecord,
  kernel: isText,
  cpu: isText,
  cpuFeatures: isListOf(isText),
  capabilities: (value) => /^[0-9a-f]{0,16}$/.test(String(value)),
  labels: isTextRecord,
  hooks: isListOf(isText),
  adapters: isListOf(isText),
  timings: (value) => isRecord(value) && Object.values(value).every(isDuration),
  service: (value) => isRecord(value) && isText(value.execPath) && isListOf(isText)(value.argv),
  files: isListOf((file) => isRecord(file) && isName(file.name) && isNumber(file.size)),
  requires: isListOf((file) => isRecord(file) && isText(file.path) && isNumber(file.size)),
};

function parse(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {}
  throw invalid('no JSON object');
}

function invalid(what: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', `${MANIFEST}: ${what}`);
}
