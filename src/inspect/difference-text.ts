import type { Difference } from './difference.js';
import { bytes } from './text.js';

/** The difference for a terminal; one line when there is none. */
export function differenceText(found: Difference): string {
  const lines = [
    ...Object.entries(found.changed).map(([name, [from, to]]) => `${name}: ${from} -> ${to}`),
    ...found.memory.map(({ kind, from, to }) => `memory ${kind}: ${bytes(from)} -> ${bytes(to)}`),
  ];
  const [before, after] = found.threads;
  if (before !== after) lines.push(`threads: ${before} -> ${after}`);
  for (const name of ['descriptors', 'environment', 'files'] as const) {
    for (const it of found[name].removed) lines.push(`${name}: - ${it}`);
    for (const it of found[name].added) lines.push(`${name}: + ${it}`);
  }
  return lines.join('\n') || 'no difference';
}
