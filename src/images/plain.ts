import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageDirectory } from './directory.js';
import { ABSENT, isPlain, type Manifest, readManifest } from './manifest.js';

/**
 * The manifest; of an image that CRIU made without tubthump's checkpoint (`CriuClient`, or another
 * program) what can be seen without one: files, sizes, time. Its `id` is empty.
 * @throws TubthumpError as readManifest
 */
export async function readManifestIfAny(images: ImageDirectory): Promise<Manifest> {
  if (!(await isPlain(images))) return await readManifest(images);
  const files: { name: string; size: number }[] = [];
  let createdAt = 0;
  for (const name of await images.names()) {
    const info = await lstat(join(images.path, name));
    if (info.isFile()) files.push({ name, size: info.size });
    createdAt = Math.max(createdAt, Math.floor(info.mtimeMs));
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { ...ABSENT, engine: 'eager', id: '', createdAt, pid: 0, bytes, files };
}
