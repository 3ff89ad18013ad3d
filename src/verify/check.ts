import type { Finding } from '../doctor/check.js';
import type { ImageDirectory } from '../images/directory.js';
import type { Manifest } from '../images/manifest.js';
import type { FileEntry } from '../images/messages.js';

/** What every check gets: the image, as far as it has been read. */
export interface Subject {
  /** The image as it is on the disk: another one than `images` when it is encrypted. */
  readonly stored: ImageDirectory;
  readonly images: ImageDirectory;
  readonly manifest: Manifest;
  /** Open and mapped files of all processes. */
  readonly opened: readonly FileEntry[];
  /** CRIU named by the user. */
  readonly criu?: string | undefined;
  /** PEM file: the image has to be signed with its key. */
  readonly publicKey?: string | undefined;
}

/** One file in checks/, one question. A check may throw; that is a failure with the error's hint. */
export interface ImageCheck {
  readonly name: string;
  examine(subject: Subject): Promise<Finding>;
}
