import type { criu_opts } from '../generated/rpc.js';
import type { Surroundings } from './kinds.js';
import type { Row } from './row.js';
import { TABLE } from './table.js';

type Given = Readonly<Record<string, unknown>>;
const ROWS: Readonly<Record<string, Row>> = TABLE;

/** criu_opts of options that were checked. `images_dir_fd` is always in it. */
export function encodeOptions(given: Given, surroundings: Surroundings): criu_opts.$Properties {
  const options: Record<string, unknown> = {};
  for (const [row, value] of rowsOf(given)) {
    options[row.field] = row.kind.encode(value, surroundings);
  }
  // Left out, a required number is sent as 0: our standard input.
  return { imagesDirFd: -1, ...options };
}

/** The descriptors of ours that swrk has to inherit for these options. */
export function inheritedBy(given: Given): number[] {
  return rowsOf(given).flatMap(([row, value]) => [...(row.kind.inherits?.(value) ?? [])]);
}

function rowsOf(given: Given): [Row, never][] {
  return Object.entries(given).flatMap(([name, value]) => {
    const row = ROWS[name];
    return row && value !== undefined ? [[row, value as never] as [Row, never]] : [];
  });
}
