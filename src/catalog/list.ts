import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDirectory } from '../images/directory.js';
import { readPublicManifest } from '../images/manifest.js';
import { usersOf } from './users.js';

/** One image below a directory. */
export interface CatalogEntry {
  readonly path: string;
  readonly id: string;
  /** Wall clock, ms since the epoch. */
  readonly createdAt: number;
  readonly generation: number;
  /** What its files take on disk, bytes: holes do not count. */
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly encrypted: boolean;
  /** Processes that map or hold one of its files, as far as we may look. */
  readonly users: readonly number[];
}

/**
 * The images directly below a directory, oldest first. What has no manifest of ours is no image: it
 * is neither listed nor ever removed.
 * @throws what reading the directory throws
 */
export async function listImages(directory: string): Promise<CatalogEntry[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found: CatalogEntry[] = [];
  for (const entry of entries) {
    // A name with a dot is an image in the making.
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const image = await read(join(directory, entry.name));
    if (image) found.push(image);
  }
  return found.sort((a, b) => a.createdAt - b.createdAt);
}

/** Those that have all of the labels. */
export function withLabels(
  images: readonly CatalogEntry[],
  labels: Readonly<Record<string, string>>,
): CatalogEntry[] {
  const wanted = Object.entries(labels);
  return images.filter((image) => wanted.every(([name, value]) => image.labels[name] === value));
}

async function read(path: string): Promise<CatalogEntry | undefined> {
  const images = new ImageDirectory(path);
  const manifest = await readPublicManifest(images).catch(() => undefined);
  if (!manifest) return undefined;
  const { id, createdAt, generation, labels } = manifest;
  const bytes = await diskUsage(images);
  const encrypted = manifest.encryption !== undefined;
  const users = await usersOf(path);
  return { path, id, createdAt, generation, bytes, labels, encrypted, users };
}

async function diskUsage(images: ImageDirectory): Promise<number> {
  let blocks = 0;
  for (const name of await images.names()) {
    const info = await stat(join(images.path, name)).catch(() => undefined);
    blocks += info?.blocks ?? 0;
  }
  return blocks * 512;
}
