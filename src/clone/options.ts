import { resolve } from 'node:path';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';

/** A namespace that a copy may have of its own; pids and mounts it always has. */
export type OwnNamespace = 'net' | 'uts' | 'ipc' | 'mount' | 'cgroup';

type Stdio = 'pipe' | 'inherit' | 'ignore';

/** Options of `clone`. In all texts marked with * `{n}` is the number of the copy. */
export interface CloneOptions {
  /** How many copies, 1 to 4096 (default 1). */
  readonly count?: number;
  /** Number of the first copy (default 1). */
  readonly first?: number;
  /** `8100+`: each copy listens on the next port, copy 1 on this one. */
  readonly port?: string;
  /** Where to listen (*): rules with commas between, docs/servers.md. */
  readonly listen?: string;
  /** All listen on one address (SO_REUSEPORT), and the kernel spreads connections. */
  readonly reusePort?: boolean;
  readonly own?: readonly OwnNamespace[];
  /** Own network with this address (*): `10.0.0.{n}`, `10.0.0.{n}/24`, or `fd00::{n}`. */
  readonly ip?: string;
  /** Existing bridge that the copies' networks are put on, instead of a route to each. */
  readonly bridge?: string;
  /** Path of a network namespace for all copies to share. */
  readonly net?: string;
  /** Own host name (*). */
  readonly hostname?: string;
  /** Own cgroup (*), made below one that exists, and removed: `/sys/fs/cgroup/shop/web-{n}`. */
  readonly cgroup?: string;
  /** Files of that cgroup and what is written to them: `{ 'memory.max': '200M' }`. */
  readonly limits?: Readonly<Record<string, string>>;
  /** Variables (*) over those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Replace those of the service (*). */
  readonly args?: readonly string[];
  /** Stdin, stdout and stderr of each copy (default 'pipe'): as for `child_process.spawn`. */
  readonly stdio?: Stdio;
  /** So many are restored at the same time (default: two for each processor). */
  readonly atOnce?: number;
  /** CRIU binary; default: TUBTHUMP_CRIU, then what `tubthump setup` chose. */
  readonly criu?: string;
  /** How pages come back; default: the way that the image was made for (docs/engines.md). */
  readonly engine?: 'stream' | 'eager';
  /** PEM file of a public key: the image has to be signed with its private one. */
  readonly requireSignature?: string;
  /** Read all of the image first, and compare it with its checksums (default: if it is not ours). */
  readonly verify?: boolean;
  /** File with the key that the image is encrypted with. */
  readonly key?: string;
  /** A program and its arguments, with blanks between, that prints that key. */
  readonly keyCommand?: string;
  /** A hook that fails after the restore ends its copy. */
  readonly strict?: boolean;
  /** Limit for each restore, in ms (default 60 000). */
  readonly timeoutMs?: number;
  /** Limit for a copy to be ready after its restore, in ms (default 60 000). */
  readonly readyTimeoutMs?: number;
}

type Check = readonly [expectation: string, test: (value: unknown) => boolean];

const NAMESPACES: readonly unknown[] = ['net', 'uts', 'ipc', 'mount', 'cgroup'];
const text: Check = ['a non-empty string', (value) => typeof value === 'string' && value !== ''];
const flag: Check = ['a boolean', (value) => typeof value === 'boolean'];
const ms: Check = [
  'a positive number of milliseconds',
  (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
];
const upTo = (most: number): Check => [
  `a whole number from 1 to ${most}`,
  (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most,
];
const listOf = (what: string, test: (item: unknown) => boolean): Check => [
  `an array of ${what}`,
  (value) => Array.isArray(value) && value.every(test),
];

const CHECKS: Readonly<Record<keyof CloneOptions, Check>> = {
  count: upTo(4096),
  first: upTo(65_535),
  port: ['a port and a plus, such as 8100+', (value) => /^[1-9]\d{0,4}\+$/.test(String(value))],
  listen: text,
  reusePort: flag,
  own: listOf('net, uts, ipc, mount or cgroup', (item) => NAMESPACES.includes(item)),
  ip: text,
  bridge: text,
  net: text,
  hostname: text,
  cgroup: text,
  limits: ['an object of strings', isRecordOfStrings],
  env: ['an object of strings', isRecordOfStrings],
  args: listOf('strings', (item) => typeof item === 'string'),
  stdio: [
    "'pipe', 'inherit' or 'ignore'",
    (value) => ['pipe', 'inherit', 'ignore'].includes(value as string),
  ],
  atOnce: upTo(4096),
  criu: text,
  engine: ["'stream' or 'eager'", (value) => value === 'stream' || value === 'eager'],
  requireSignature: text,
  verify: flag,
  key: text,
  keyCommand: text,
  strict: flag,
  timeoutMs: ms,
  readyTimeoutMs: ms,
};

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS naming option, expectation, value and type */
export function checkCloneOptions(images: string, options: CloneOptions): void {
  if (typeof images !== 'string' || images === '') {
    throw wrongOption('the image', 'the path of a directory', images);
  }
  if (typeof options !== 'object' || options === null) {
    throw wrongOption('options', 'an object', options);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(CHECKS, name)) throw unknownOption(name, Object.keys(CHECKS));
    const [expectation, test] = CHECKS[name as keyof CloneOptions];
    if (value !== undefined && !test(value)) throw wrongOption(`\`${name}\``, expectation, value);
  }
}

/** The command line that they stand for; which of them go together is checked there. */
export function cloneArguments(images: string, options: CloneOptions): string[] {
  const values = {
    count: options.count,
    first: options.first,
    port: options.port,
    listen: options.listen,
    own: options.own?.length ? options.own.join() : undefined,
    ip: options.ip,
    bridge: options.bridge,
    net: options.net,
    hostname: options.hostname,
    cgroup: options.cgroup,
    'at-once': options.atOnce,
    criu: options.criu,
    engine: options.engine,
    'require-signature': options.requireSignature,
    key: options.key,
    'key-command': options.keyCommand,
    timeout: options.timeoutMs === undefined ? undefined : Math.ceil(options.timeoutMs / 1000),
  };
  const words = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  if (options.reusePort) words.push('--reuse-port');
  if (options.verify) words.push('--verify');
  if (options.strict) words.push('--strict');
  for (const [option, record] of [
    ['--env', options.env],
    ['--limit', options.limits],
  ] as const) {
    for (const [name, value] of Object.entries(record ?? {}))
      words.push(option, `${name}=${value}`);
  }
  return ['clone', ...words, resolve(images), '--', ...(options.args ?? [])];
}

function isRecordOfStrings(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((item) => typeof item === 'string');
}
