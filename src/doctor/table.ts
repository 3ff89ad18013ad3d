import { styleText } from 'node:util';
import type { Status } from './check.js';
import type { Line } from './doctor.js';

const COLOR = { ok: 'green', warning: 'yellow', failure: 'red' } as const;

/** Two columns and a sentence: status, name, detail; the remedy below it. */
export function table(lines: readonly Line[], { colors = false } = {}): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  const margin = ' '.repeat('failure'.length + width + 4);
  return lines
    .flatMap(({ status, name, detail, remedy }) => [
      `${paint(status, colors)}  ${name.padEnd(width)}  ${detail.replaceAll('\n', `\n${margin}`)}`,
      ...(remedy ? [`${margin}-> ${remedy}`] : []),
    ])
    .join('\n');
}

function paint(status: Status, colors: boolean): string {
  const padded = status.padEnd('failure'.length);
  // Whether the stream can show colors was the caller's question, not styleText's.
  return colors ? styleText(COLOR[status], padded, { validateStream: false }) : padded;
}
