import type { MappingKind } from '../images/mappings.js';
import { escapeMarkup } from './markup.js';
import { type MappingReport, storedOf } from './report.js';
import { bytes } from './text.js';

export interface Key {
  readonly color: string;
  readonly meaning: string;
}

/** What a copy does with memory of each kind, and its colour in the picture. */
export const LEGEND: Readonly<Record<MappingKind, Key>> = {
  heap: { color: '#2a9d8f', meaning: "V8's heap, mapped from the image: shared until written" },
  copied: { color: '#e76f51', meaning: 'copied at restore: private to each copy' },
  stack: { color: '#8d5fd3', meaning: 'stack of the first thread' },
  file: { color: '#457b9d', meaning: 'mapped from a file of the machine: shared until written' },
  shared: { color: '#e9c46a', meaning: 'shared memory' },
  empty: { color: '#adb5bd', meaning: 'reserved: no page in the image' },
  kernel: { color: '#6c757d', meaning: "the kernel's own pages" },
};

/** Below each box, where a working set was recorded. */
export const STRIPES: Readonly<Record<'touched' | 'written', Key>> = {
  touched: { color: '#264653', meaning: 'in the working set: read ahead of a restore' },
  written: { color: '#d00000', meaning: 'written by copies: private to each of them' },
};

const WIDTH = 1000;
const HEIGHT = 26;
const GAP = 2;
const STRIPE = 5;

/**
 * The address space as a picture (SVG): one box a mapping, in order of address, row after row. Its
 * width grows with the logarithm of its size; the full part of it is in CRIU's pages or heap.img, and
 * the stripes are what copies touch and what they write.
 */
export function memoryMap(mappings: readonly MappingReport[]): string {
  let [x, y] = [0, 0];
  const boxes = mappings.map((mapping) => {
    const width = widthOf(mapping.size);
    if (x + width > WIDTH) [x, y] = [0, y + HEIGHT + GAP];
    const box = draw(mapping, x, y, width);
    x += width + GAP;
    return box;
  });
  const height = y + HEIGHT;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="memory map">${boxes.join('')}</svg>`;
}

function widthOf(size: number): number {
  return Math.round(4 + 5 * Math.log2(Math.max(size / 4096, 1)));
}

function draw(mapping: MappingReport, x: number, y: number, width: number): string {
  const { color } = LEGEND[mapping.kind];
  const { start, end, access, kind, name, size, touched, written } = mapping;
  const share = (part: number) => Math.min(part / size, 1);
  const part = (bytes: number) => (bytes > 0 ? Math.max(width * share(bytes), 1).toFixed(1) : '0');
  const facts = [
    `${start}-${end} ${access} ${kind}: ${name}, ${bytes(size)}`,
    `${(share(storedOf(mapping)) * 100).toFixed(0)} % in the image`,
    ...(touched > 0 ? [`${bytes(touched)} in the working set, ${bytes(written)} written`] : []),
  ];
  const at = `x="${x}" y="${y}" height="${HEIGHT}" fill="${color}"`;
  const boxes = [
    `<rect ${at} width="${width}" opacity=".3"/>`,
    `<rect ${at} width="${part(storedOf(mapping))}"/>`,
    ...(touched > 0 ? [stripe('touched', part(touched), x, y + HEIGHT - 2 * STRIPE)] : []),
    ...(written > 0 ? [stripe('written', part(written), x, y + HEIGHT - STRIPE)] : []),
  ];
  return `<g><title>${escapeMarkup(facts.join(', '))}</title>${boxes.join('')}</g>`;
}

function stripe(kind: keyof typeof STRIPES, width: string, x: number, y: number): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${STRIPE}" fill="${STRIPES[kind].color}"/>`;
}
