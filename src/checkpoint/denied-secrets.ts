import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KeySource } from '../encryption/key-source.js';
import { withPlainImage } from '../encryption/plain-view.js';
import { TubthumpError } from '../errors/index.js';
import { findSecrets } from '../inspect/secrets/scan.js';
import { secretsText } from '../inspect/secrets/text.js';

/** Where an image waits until it has been looked through: beside the place that it is for. */
export function waitingPlace(images: string): string {
  return join(dirname(images), `.${basename(images)}.unchecked-${process.pid}`);
}

/**
 * Gives an image its place if no secrets are found in it, and removes it otherwise. What had the
 * place before is replaced, or stays.
 * @param key that it was encrypted with
 * @throws TubthumpError ERR_TUBTHUMP_SECRETS that says what was found where
 */
export async function admit(waiting: string, images: string, key: KeySource): Promise<void> {
  try {
    const found = await withPlainImage(waiting, key, findSecrets);
    if (found.length > 0) {
      const message = `the image would hold secrets:\n${secretsText(found)}`;
      throw new TubthumpError('ERR_TUBTHUMP_SECRETS', message);
    }
    const old = `${waiting}.old`;
    // rename(2) replaces empty directories only.
    await rename(images, old).catch(ignoreMissing);
    await rename(waiting, images);
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(waiting, { recursive: true, force: true });
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
