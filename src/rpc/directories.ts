import { closeSync, constants, openSync } from 'node:fs';
import { type ErrorCode, TubthumpError } from '../errors/index.js';

/** Directories that are open as long as the operation that uses them. */
export class Directories {
  private readonly open = new Map<string, number>();

  /**
   * @returns its descriptor
   * @throws TubthumpError `missing` when there is no such directory
   */
  descriptor(path: string, missing: ErrorCode): number {
    const known = this.open.get(path);
    if (known !== undefined) return known;
    try {
      const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
      this.open.set(path, fd);
      return fd;
    } catch (cause) {
      const message = `cannot open the directory ${path}: ${(cause as Error).message}`;
      throw new TubthumpError(missing, message, { cause });
    }
  }

  close(): void {
    for (const fd of this.open.values()) closeSync(fd);
    this.open.clear();
  }
}
