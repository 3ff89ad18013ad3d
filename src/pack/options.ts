import { availableParallelism } from 'node:os';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';
import type { ProgressOptions } from '../progress/progress.js';

interface CommonOptions extends ProgressOptions {
  /** Image directory, or pack, with pages that are not stored again. */
  readonly base?: string | undefined;
  /** Threads, 1 to 256 (default: one for each processor). Never changes the result. */
  readonly jobs?: number | undefined;
}

/** Options of `pack`. */
export interface PackOptions extends CommonOptions {
  /** 1 to 22, as zstd(1) has it (default 3). */
  readonly level?: number | undefined;
}

/** Options of `unpack`. */
export interface UnpackOptions extends CommonOptions {
  /** PEM file of a public key: the image has to be signed with its private one. */
  readonly requireSignature?: string | undefined;
}

type Check = readonly [expectation: string, test: (value: unknown) => boolean];

const text: Check = ['a non-empty string', (value) => typeof value === 'string' && value !== ''];
const upTo = (most: number): Check => [
  `a whole number from 1 to ${most}`,
  (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most,
];

const COMMON: Readonly<Record<keyof CommonOptions, Check>> = {
  base: text,
  jobs: upTo(256),
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  onProgress: ['a function', (value) => typeof value === 'function'],
};

export const PACK_CHECKS = { ...COMMON, level: upTo(22) };
export const UNPACK_CHECKS = { ...COMMON, requireSignature: text };

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS naming option, expectation, value and type */
export function checkOptions(
  paths: Readonly<Record<string, unknown>>,
  options: object,
  checks: Readonly<Record<string, Check>>,
): void {
  for (const [name, path] of Object.entries(paths))
    if (typeof path !== 'string' || path === '') throw wrongOption(name, 'a path', path);
  if (typeof options !== 'object' || options === null) {
    throw wrongOption('options', 'an object', options);
  }
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw unknownOption(name, Object.keys(checks));
    const [expectation, test] = check;
    if (value !== undefined && !test(value)) throw wrongOption(`\`${name}\``, expectation, value);
  }
}

export function defaultJobs(): number {
  return Math.min(availableParallelism(), 256);
}
