import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { unknownOption, wrongOption } from '../../errors/wrong-option.js';
import type { criu_opts } from '../generated/rpc.js';
import { CONTROL } from './control.js';
import type { Kind, Surroundings } from './kinds.js';
import { type Operation, type Row, TABLE } from './table.js';

type Given = Readonly<Record<string, unknown>>;
const ROWS: Readonly<Record<string, Row>> = TABLE;
const CONTROLS: Readonly<Record<string, Kind<unknown>>> = CONTROL;

/**
 * Everything that can be said about options without touching anything.
 *
 * @throws TubthumpError ERR_TUBTHUMP_OPTIONS naming option, expectation, value and type
 */
export function checkOptions(operation: Operation, given: Given, service: boolean): void {
  // 1. Shape, names and types.
  checkNames(given, { ...kindsOf(operation), ...CONTROLS }, operation);
  // 2. What is required.
  const required = operation === 'dump' ? ['imagesDir', 'pid'] : ['imagesDir'];
  for (const name of required) {
    if (given[name] === undefined) throw wrong(`The ${operation} needs \`${name}\``);
  }
  // 3. What the transport cannot do: the service would fail without a word about which option.
  for (const [name, value] of Object.entries(given)) {
    if (service && value !== undefined && ROWS[name]?.swrkOnly) {
      throw wrong(`\`${name}\` works only through swrk: \`criu service\` refuses it`);
    }
  }
  // 4. Cross-checks.
  if (given.pid === process.pid && given.onNotify !== undefined) {
    throw wrong('A process that dumps itself is frozen and cannot answer: drop `onNotify`');
  }
}

/** For operations without options of CRIU. @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
export function checkControl(given: Given, more: Readonly<Record<string, Kind<never>>> = {}): void {
  const { onNotify: _, ...controls } = CONTROL;
  checkNames(given, { ...controls, ...more });
}

/** criu_opts of options that were checked. `images_dir_fd` is always in it. */
export function encodeOptions(given: Given, surroundings: Surroundings): criu_opts.$Properties {
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const row = ROWS[name];
    if (row && value !== undefined) {
      options[row.field] = row.kind.encode(value as never, surroundings);
    }
  }
  // Left out, a required number is sent as 0: our standard input.
  return { imagesDirFd: -1, ...options };
}

function kindsOf(operation: Operation): Record<string, Kind<never>> {
  const rows = Object.entries(ROWS).filter(([, row]) => row.of.includes(operation));
  return Object.fromEntries(rows.map(([name, row]) => [name, row.kind]));
}

function checkNames(
  given: Given,
  kinds: Readonly<Record<string, Kind<never>>>,
  operation?: Operation,
): void {
  if (typeof given !== 'object' || given === null) {
    throw wrongOption('options', 'an object', given);
  }
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind && operation && Object.hasOwn(ROWS, name)) {
      throw wrong(`\`${name}\` is no option of ${operation}, only of ${ROWS[name]?.of.join()}`);
    }
    if (!kind) throw unknownOption(name, Object.keys(kinds));
    if (value !== undefined && !kind.accepts(value)) {
      throw wrongOption(`\`${name}\``, kind.expectation, value);
    }
  }
}

function wrong(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_OPTIONS', message);
}
