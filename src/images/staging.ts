import { chmod, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TubthumpError } from '../errors/index.js';

/**
 * An image directory in the making, as native/core/image/staging.h: complete under its name, or not
 * there at all. It lies beside its target, under a name with a dot.
 */
export class Staging {
  private constructor(
    private readonly target: string,
    readonly path: string,
  ) {}

  /**
   * @param target absolute; missing, or an empty directory
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_PUBLISH
   */
  static async create(target: string): Promise<Staging> {
    const there = await readdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw unpublished(target, error);
    });
    if (there.length > 0) throw unpublished(target, new Error('the directory is not empty'));
    try {
      const path = await mkdtemp(join(dirname(target), `.${basename(target)}.staging-`));
      return new Staging(target, path);
    } catch (error) {
      throw unpublished(target, error as Error);
    }
  }

  /**
   * Makes everything durable, then gives it its name.
   * @param modes of the files, by name
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_PUBLISH
   */
  async publish(modes: ReadonlyMap<string, number>): Promise<void> {
    try {
      for (const [name, mode] of modes) {
        const path = join(this.path, name);
        await chmod(path, mode);
        await sync(path);
      }
      await sync(this.path);
      await rename(this.path, this.target);
      await sync(dirname(this.target));
    } catch (error) {
      throw unpublished(this.target, error as Error);
    }
  }

  /** Removes what was not published; harmless afterwards. */
  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function unpublished(target: string, cause: Error): TubthumpError {
  const message = `${target} cannot hold the image: ${cause.message}`;
  return new TubthumpError('ERR_TUBTHUMP_IMAGE_PUBLISH', message, { cause });
}
