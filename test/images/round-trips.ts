import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { decodeImage, encodeImage } from '../../src/images/image-file.js';
import { kindOf } from '../../src/images/kinds.js';

/** Where images are looked for: a test makes them in its directory, or in one of that. */
const DEPTH = 3;

/**
 * Every image that a test leaves in its directory is decoded and encoded again, file by file, and has
 * to be the same. Both fixtures with temporary directories call it before these are removed. Files of
 * another size or time than the manifest says are those that the test has damaged.
 */
export function checkRoundTrips(directory: string): void {
  for (const images of imagesBelow(directory, DEPTH)) {
    for (const name of undamaged(images)) checkFile(images, name);
  }
}

function checkFile(images: string, name: string): void {
  const kind = kindOf(name);
  if (!kind) return;
  const bytes = readFileSync(join(images, name));
  const entries = decodeImage<Record<string, unknown>>(name, kind, bytes);
  const encoded = encodeImage(kind, entries);
  // A baked address space has its mappings behind its other fields, where CRIU does not put them.
  const isBaked = name.startsWith('mm-') && manifestOf(images)?.heap !== undefined;
  const message = `${name} of an image of this test, decoded and encoded`;
  if (isBaked) expect(decodeImage(name, kind, encoded), message).toEqual(entries);
  else expect(bytes.equals(encoded), message).toBe(true);
}

function undamaged(images: string): string[] {
  const names = readdirSync(images).filter((name) => statSync(join(images, name)).isFile());
  const files = new Map(manifestOf(images)?.files.map((file) => [file.name, file]));
  return names.filter((name) => {
    const file = files.get(name);
    const { size, mtimeMs } = statSync(join(images, name));
    // A double has not all digits of the time in ns.
    return !file || (file.size === size && Math.abs(file.modifiedNs / 1e6 - mtimeMs) < 0.01);
  });
}

interface Manifest {
  readonly heap?: object;
  readonly files: readonly { readonly name: string; size: number; modifiedNs: number }[];
}

function manifestOf(images: string): Manifest | undefined {
  const path = join(images, 'manifest.json');
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // The test has damaged that.
  }
}

function imagesBelow(directory: string, depth: number): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'inventory.img')) return [directory];
  if (depth === 0) return [];
  return (
    entries
      // Those that begin with a dot are not yet, or no longer, images.
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .flatMap(({ name }) => imagesBelow(join(directory, name), depth - 1))
  );
}
