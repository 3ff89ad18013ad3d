import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CatalogEntry, withLabels } from './list.js';
import { usersOf } from './users.js';

export interface PruneRule {
  /** Images older than this go; ms. */
  readonly olderThanMs?: number | undefined;
  /** So many of the newest ones stay. */
  readonly keep?: number | undefined;
  /** Only images with all of these labels are looked at. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What would go, oldest first; never one that is in use. */
export function chooseToPrune(
  images: readonly CatalogEntry[],
  { olderThanMs, keep, labels }: PruneRule,
  now = Date.now(),
): CatalogEntry[] {
  const wanted = withLabels(images, labels);
  const newest = new Set(keep === undefined ? [] : wanted.slice(Math.max(wanted.length - keep, 0)));
  return wanted.filter((image) => {
    if (image.users.length > 0 || newest.has(image)) return false;
    return olderThanMs === undefined || now - image.createdAt > olderThanMs;
  });
}

/**
 * Removes an image. It is out of the way before its first file goes, so nobody finds half of it.
 * @returns false when somebody has begun to use it
 */
export async function removeImage({ path }: CatalogEntry): Promise<boolean> {
  if ((await usersOf(path)).length > 0) return false;
  const going = join(dirname(path), `.${basename(path)}.pruned-${process.pid}`);
  await rename(path, going);
  await rm(going, { recursive: true, force: true });
  return true;
}
