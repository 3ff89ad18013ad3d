import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { unknownOption, wrongOption } from '../../errors/wrong-option.js';
import { HANDLER_NAMES } from '../handlers.js';
import { CONTROL } from './control.js';
import { crossCheck } from './cross-check.js';
import type { Kind } from './kinds.js';
import type { Operation, Row } from './row.js';
import { TABLE } from './table.js';

type Given = Readonly<Record<string, unknown>>;
const ROWS: Readonly<Record<string, Row>> = TABLE;
const CONTROLS: Readonly<Record<string, Kind<unknown>>> = CONTROL;

const REQUIRED: Readonly<Record<Operation, readonly string[]>> = {
  dump: ['imagesDir', 'pid'],
  preDump: ['imagesDir', 'pid'],
  restore: ['imagesDir'],
  pageServer: ['imagesDir'],
  cpuinfoDump: ['imagesDir'],
  cpuinfoCheck: ['imagesDir'],
};

/**
 * Everything that can be said about options without touching anything.
 *
 * @throws TubthumpError ERR_TUBTHUMP_OPTIONS naming option, expectation, value and type
 */
export function checkOptions(operation: Operation, given: Given, service: boolean): void {
  // 1. Shape, names and types.
  checkNames(given, { ...kindsOf(operation), ...CONTROLS }, operation);
  for (const name of Object.keys(given.notify ?? {})) {
    if (!HANDLER_NAMES.includes(name)) throw unknownOption(name, HANDLER_NAMES);
  }
  // 2. What is required.
  for (const name of REQUIRED[operation]) {
    if (given[name] === undefined) throw wrong(`The ${operation} needs \`${name}\``);
  }
  // 3. What the transport cannot do: the service would fail without a word about which option.
  for (const [name, value] of Object.entries(given)) {
    if (service && value !== undefined && needsSwrk(name, value)) {
      throw wrong(`\`${name}\` works only through swrk: \`criu service\` refuses it`);
    }
  }
  // 4. Cross-checks.
  if (given.pid === process.pid && (given.onNotify ?? given.notify) !== undefined) {
    throw wrong('A process that dumps itself is frozen and cannot answer: drop `onNotify`');
  }
  crossCheck(operation, given);
}

/** For operations without options of CRIU. @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
export function checkControl(given: Given, more: Readonly<Record<string, Kind<never>>> = {}): void {
  const { onNotify: _, notify: __, ...controls } = CONTROL;
  checkNames(given, { ...controls, ...more });
}

/** Those of `given` that an operation takes. */
export function optionsOf(operation: Operation, given: Given): Given {
  const kinds = { ...kindsOf(operation), ...CONTROLS };
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(kinds, name)));
}

function needsSwrk(name: string, value: unknown): boolean {
  const row = ROWS[name];
  return row?.swrkOnly === true || (row?.kind.inherits?.(value as never).length ?? 0) > 0;
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
      const others = ROWS[name]?.of.join(', ');
      throw wrong(`\`${name}\` is no option of ${operation}, only of ${others}`);
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
