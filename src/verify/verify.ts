import { type Finding, failure } from '../doctor/check.js';
import type { KeySource } from '../encryption/key-source.js';
import { withPlainImage } from '../encryption/plain-view.js';
import { TubthumpError } from '../errors/index.js';
import { ImageDirectory } from '../images/directory.js';
import { readManifest } from '../images/manifest.js';
import type { FileEntry } from '../images/messages.js';
import type { ImageCheck, Subject } from './check.js';
import { capabilities } from './checks/capabilities.js';
import { contents } from './checks/contents.js';
import { criu } from './checks/criu.js';
import { files } from './checks/files.js';
import { kernel } from './checks/kernel.js';
import { ownership } from './checks/ownership.js';
import { processIds } from './checks/process-ids.js';
import { processor } from './checks/processor.js';
import { programs } from './checks/programs.js';
import { signature } from './checks/signature.js';
import { surroundings } from './checks/surroundings.js';

/** First what the image is, then what it needs of this machine. */
const CHECKS: readonly ImageCheck[] = [
  ...[ownership, files, signature, contents],
  ...[processor, kernel, criu, programs, surroundings, capabilities, processIds],
];

export interface VerifyFinding extends Finding {
  readonly name: string;
}

export interface VerifyImageOptions extends KeySource {
  /** CRIU to look at first. */
  readonly criu?: string | undefined;
  /** PEM file with an Ed25519 key that the image has to be signed with. */
  readonly publicKey?: string | undefined;
}

/**
 * Whether an image is whole and fits this machine, check by check; nothing is restored.
 * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING, …_INVALID or …_MISMATCH when its manifest is of
 * no use: then there is nothing to check; ERR_TUBTHUMP_KEY when it is encrypted with another key
 */
export async function verify(
  path: string,
  options: VerifyImageOptions = {},
): Promise<VerifyFinding[]> {
  return await withPlainImage(path, options, (plain) => verifyPlain(plain, path, options));
}

async function verifyPlain(
  plain: string,
  path: string,
  options: VerifyImageOptions,
): Promise<VerifyFinding[]> {
  const images = new ImageDirectory(plain);
  const stored = new ImageDirectory(path);
  const manifest = await readManifest(images);
  // What cannot be read is a finding of `contents`.
  const opened = await expectedFiles(images).catch(() => []);
  const subject: Subject = { stored, images, manifest, opened, ...options };
  const findings: VerifyFinding[] = [];
  for (const check of CHECKS)
    findings.push({ name: check.name, ...(await outcome(check, subject)) });
  return findings;
}

/** All but those that were deleted or renamed while they were open: the image has these itself. */
async function expectedFiles(images: ImageDirectory): Promise<FileEntry[]> {
  const opened = await images.messages<FileEntry>('files.img');
  if (!(await images.names()).includes(REMAPPED)) return opened;
  const remapped = await images.messages<{ readonly orig_id: number }>(REMAPPED);
  const ids = new Set(remapped.map(({ orig_id }) => orig_id));
  return opened.filter(({ id }) => !ids.has(id));
}

const REMAPPED = 'remap-fpath.img';

async function outcome(check: ImageCheck, subject: Subject): Promise<Finding> {
  try {
    return await check.examine(subject);
  } catch (error) {
    if (TubthumpError.is(error)) return failure(error.message, error.hint);
    return failure(
      `the check itself failed: ${error}`,
      'Look at the message; report it if in doubt.',
    );
  }
}
