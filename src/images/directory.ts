import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import { decodeImage, type ImageEntry } from './image-file.js';
import { kindOf } from './kinds.js';

/**
 * Image files are small beside the pages: a process with 65530 mappings, the kernel's limit, needs
 * 4 MB for them.
 */
const LARGEST = 64 * 1024 * 1024;

/**
 * A directory with CRIU's image files, which may come from anybody: links are not followed, nothing
 * but regular files of a sensible size is read, and opening never blocks (a FIFO would).
 */
export class ImageDirectory {
  constructor(readonly path: string) {}

  /**
   * Names of all files, sorted.
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISSING when there is no such directory
   */
  async names(): Promise<string[]> {
    try {
      return (await readdir(this.path)).sort();
    } catch (cause) {
      throw new TubthumpError('ERR_TUBTHUMP_IMAGE_MISSING', `no image in ${this.path}`, { cause });
    }
  }

  /**
   * A regular file, open for reading; the caller closes it.
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_INVALID when it is missing or something else
   */
  async open(name: string): Promise<FileHandle> {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    let file: FileHandle;
    try {
      file = await open(join(this.path, name), flags);
    } catch (cause) {
      throw invalid(`${name} cannot be opened: ${(cause as Error).message}`, cause);
    }
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw invalid(`${name} is no regular file`);
  }

  /** All bytes of a file that is not larger than 64 MB. Throws as `open`, and when it is. */
  async read(name: string): Promise<Buffer> {
    const file = await this.open(name);
    try {
      const { size } = await file.stat();
      if (size > LARGEST) throw invalid(`${name} has ${size} bytes: too many for an image file`);
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** The entries of one image file. Throws as `read` and `decodeImage`. */
  async decode<Message>(name: string): Promise<ImageEntry<Message>[]> {
    const kind = kindOf(name);
    if (!kind) throw invalid(`${name} is no image file that is known here`);
    return decodeImage<Message>(name, kind, await this.read(name));
  }

  /** The messages of one image file. */
  async messages<Message>(name: string): Promise<Message[]> {
    return (await this.decode<Message>(name)).map(({ message }) => message);
  }

  /** The only message of an image file. */
  async message<Message>(name: string): Promise<Message> {
    const [message, ...others] = await this.messages<Message>(name);
    if (message !== undefined && others.length === 0) return message;
    throw invalid(`${name} does not hold exactly one message`);
  }
}

function invalid(message: string, cause?: unknown): TubthumpError {
  const details = cause === undefined ? {} : { cause };
  return new TubthumpError('ERR_TUBTHUMP_IMAGE_INVALID', message, details);
}
