import { resolve } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';
import type { Rule } from '../policy/rule.js';

/** Options of `checkpointRestore`. */
export interface CheckpointOptions {
  /**
   * Directory that is to hold the image; it appears when the image is complete. Required by 'map',
   * 'stream' and 'eager'.
   */
  readonly images?: string;
  /**
   * How the state is kept. `map` (default): an image whose heap is mapped at restore, where the
   * launcher started the service; elsewhere as `eager`: an image that is copied, as CRIU does it.
   * `stream`: the same image as `eager`, whose pages a page server brings while the copy runs.
   * `pause` and `simulate` make no image and try the hooks anywhere.
   */
  readonly engine?: 'map' | 'stream' | 'eager' | 'pause' | 'simulate';
  /** Go on in this process after the dump (default true). Otherwise the dump ends it. */
  readonly leaveRunning?: boolean;
  /** CRIU binary; default: TUBTHUMP_CRIU, then what `tubthump setup` chose. */
  readonly criu?: string;
  /** Socket of a running `criu service` to dump through. */
  readonly service?: string;
  /** File with a key to encrypt the image with; only its owner may read it: docs/encryption.md. */
  readonly encrypt?: string;
  /** A program and its arguments, with blanks between, that prints the key. */
  readonly encryptCommand?: string;
  /** Limit for one hook, in ms (default 10 000). */
  readonly hookTimeoutMs?: number;
  /** Limit for all hooks of one direction, in ms (default 60 000). */
  readonly hooksTimeoutMs?: number;
  /** Limit for the dump, in ms (default 60 000). */
  readonly timeoutMs?: number;
  /** Limit for requests in flight to finish, in ms (default 5000). */
  readonly graceMs?: number;
  /** Connections that outlive it: 'refuse' the checkpoint (default), or 'close' them. */
  readonly pastGrace?: 'refuse' | 'close';
  /**
   * Timers in a copy: 'continue' (default) with the time that they had left at the dump, or follow
   * the 'wall-clock', so that what was due in the meantime is due at once.
   */
  readonly timers?: 'continue' | 'wall-clock';
  /**
   * Environment variables that leave process.env and all memory before the dump; copies have those of
   * their restore. `NAMES`, `NAMES=VALUES` or `=VALUES`, both with the wildcards `*` and `?`.
   */
  readonly scrub?: readonly string[];
  /** Cancels the attempt at any time before the dump. */
  readonly signal?: AbortSignal;
  /**
   * Rules for what is open at a checkpoint, or the file that has them: docs/policies.md. Default:
   * the file that TUBTHUMP_POLICY names.
   */
  readonly policy?: string | readonly Rule[];
  /** Free text for the manifest. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type ResolvedOptions = Required<
  Omit<
    CheckpointOptions,
    'criu' | 'service' | 'encrypt' | 'encryptCommand' | 'signal' | 'images' | 'policy'
  >
> & {
  readonly images: string;
  readonly criu: string | undefined;
  readonly service: string | undefined;
  readonly encrypt: string | undefined;
  readonly encryptCommand: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly policy: string | readonly Rule[] | undefined;
};

type Check = readonly [expectation: string, test: (value: unknown) => boolean];

const positiveMs: Check = [
  'a positive number of milliseconds',
  (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
];
const text: Check = ['a non-empty string', (value) => typeof value === 'string' && value !== ''];

const CHECKS: Readonly<Record<keyof CheckpointOptions, Check>> = {
  images: text,
  engine: oneOf('map', 'stream', 'eager', 'pause', 'simulate'),
  leaveRunning: ['a boolean', (value) => typeof value === 'boolean'],
  criu: text,
  service: text,
  encrypt: text,
  encryptCommand: text,
  hookTimeoutMs: positiveMs,
  hooksTimeoutMs: positiveMs,
  timeoutMs: positiveMs,
  graceMs: positiveMs,
  pastGrace: oneOf('refuse', 'close'),
  timers: oneOf('continue', 'wall-clock'),
  scrub: [
    'an array of strings',
    (value) => Array.isArray(value) && value.every((rule) => rule && typeof rule === 'string'),
  ],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  policy: [
    'the path of a policy file or an array of rules',
    (value) => (typeof value === 'string' && value !== '') || Array.isArray(value),
  ],
  labels: ['an object of strings', isRecordOfStrings],
};

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS naming option, expectation, value and type */
export function resolveOptions(given: CheckpointOptions = {}): ResolvedOptions {
  // 1. Shape.
  if (typeof given !== 'object' || given === null) {
    throw wrongOption('options', 'an object', given);
  }
  // 2. Names and types.
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(CHECKS, name)) throw unknownOption(name, Object.keys(CHECKS));
    const check = CHECKS[name as keyof CheckpointOptions];
    if (value !== undefined && !check[1](value)) throw wrongOption(`\`${name}\``, check[0], value);
  }
  // 3. Defaults.
  const { engine = 'map', images } = given;
  // 4. Cross-checks.
  if (engine !== 'pause' && engine !== 'simulate' && !images) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      `The engine \`${engine}\` needs \`images\`: the directory that is to hold the image`,
    );
  }
  if (given.encrypt !== undefined && given.encryptCommand !== undefined) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      'A key comes from a file, `encrypt`, or from a program, `encryptCommand`: give one of them',
    );
  }
  return {
    engine,
    images: resolve(images ?? '.'),
    leaveRunning: given.leaveRunning ?? true,
    criu: given.criu,
    service: given.service,
    encrypt: given.encrypt === undefined ? undefined : resolve(given.encrypt),
    encryptCommand: given.encryptCommand,
    hookTimeoutMs: given.hookTimeoutMs ?? 10_000,
    hooksTimeoutMs: given.hooksTimeoutMs ?? 60_000,
    timeoutMs: given.timeoutMs ?? 60_000,
    graceMs: given.graceMs ?? 5_000,
    pastGrace: given.pastGrace ?? 'refuse',
    timers: given.timers ?? 'continue',
    scrub: [...(given.scrub ?? [])],
    signal: given.signal,
    policy: given.policy,
    labels: { ...given.labels },
  };
}

function oneOf(...words: string[]): Check {
  const quoted = words.map((word) => `'${word}'`);
  const expectation = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return [expectation, (value) => words.includes(value as string)];
}

function isRecordOfStrings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((item) => typeof item === 'string');
}
