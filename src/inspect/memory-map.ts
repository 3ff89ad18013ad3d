import type { MappingKind } from '../images/mappings.js';
import { escapeMarkup } from './markup.js';
import { type MappingReport, storedOf } from './report.js';
import { bytes } from './text.js';

/** What a copy does with memory of each kind, and its colour in the picture. */
export const LEGEND: Readonly<Record<MappingKind, { color: string; meaning: string }>> = {
  heap: { color: '#2a9d8f', meaning: "V8's heap, mapped from the image: shared until written" },
  copied: { color: '#e76f51', meaning: 'copied at restore: private to each copy' },
  stack: { color: '#8d5fd3', meaning: 'stack of the first thread' },
  file: { color: '#457b9d', meaning: 'mapped from a file of the machine: shared until written' },
  shared: { color: '#e9c46a', meaning: 'shared memory' },
  empty: { color: '#adb5bd', meaning: 'reserved: no page in the image' },
  kernel: { color: '#6c757d', meaning: "the kernel's own pages" },
};

const WIDTH = 1000;
const HEIGHT = 26;
const GAP = 2;

/**
 * The address space as a picture (SVG): one box a mapping, in order of address, row after row. Its
 * width grows with the logarithm of its size; the full part of it is in CRIU's pages or heap.img.
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
  const share = Math.min(storedOf(mapping) / mapping.size, 1);
  const filled = share > 0 ? Math.max(width * share, 1).toFixed(1) : '0';
  const { start, end, access, kind, name, size } = mapping;
  const title = `${start}-${end} ${access} ${kind}: ${name}, ${bytes(size)}, ${(share * 100).toFixed(0)} % in the image`;
  const at = `x="${x}" y="${y}" height="${HEIGHT}" fill="${color}"`;
  return `<g><title>${escapeMarkup(title)}</title><rect ${at} width="${width}" opacity=".3"/><rect ${at} width="${filled}"/></g>`;
}
