import type { KeyObject } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageDirectory } from '../images/directory.js';
import { MANIFEST, readPublicManifest, WORKING_SET } from '../images/manifest.js';
import { digestOf, type SignedFile } from './digest.js';
import { SIGNATURE_FILE, signStatement, untrusted, verifyStatement } from './statement.js';

/**
 * Signs every file that the manifest names, the manifest itself, and the working set if there is one. A signature that is there is
 * replaced, in one step.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, ERR_TUBTHUMP_IMAGE_INVALID
 */
export async function signImage(path: string, key: KeyObject): Promise<void> {
  const images = new ImageDirectory(path);
  const { id, files } = await readPublicManifest(images);
  const added = (await images.names()).filter((name) => name === WORKING_SET);
  const names = [MANIFEST, ...files.map(({ name }) => name), ...added];
  const digests: SignedFile[] = [];
  for (const name of names) digests.push(await digestOf(images, name));
  const temporary = join(path, `.${SIGNATURE_FILE}.${process.pid}`);
  try {
    const text = signStatement({ imageId: id, files: digests }, key);
    await writeFile(temporary, text, { mode: 0o400, flag: 'wx' });
    await rename(temporary, join(path, SIGNATURE_FILE));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** CRIU writes these when the image is complete, or at a restore, and never reads them. */
const UNSIGNED = new Set([SIGNATURE_FILE, 'dump.log', 'stats-dump', 'stats-restore']);

/**
 * What native/core/signature checks before a restore.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_UNTRUSTED naming the first file that is not as signed
 */
export async function checkSignature(path: string, key: KeyObject): Promise<void> {
  const images = new ImageDirectory(path);
  const present = await images.names();
  if (!present.includes(SIGNATURE_FILE)) throw untrusted('the image is not signed');
  const { files } = verifyStatement((await images.read(SIGNATURE_FILE)).toString('utf8'), key);
  const signed = new Set(files.map(({ name }) => name));
  const stranger = present.find((name) => !signed.has(name) && !UNSIGNED.has(name));
  if (stranger) throw untrusted(`the file ${stranger} is not among those that were signed`);
  for (const file of files) {
    if (!present.includes(file.name)) throw untrusted(`the signed file ${file.name} is missing`);
    const { digest } = await digestOf(images, file.name);
    if (digest !== file.digest) throw untrusted(`the file ${file.name} is not what was signed`);
  }
}
