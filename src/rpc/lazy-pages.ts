import { TubthumpError } from '../errors/index.js';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';
import type { NativeLazyPages } from '../native/addon.js';
import { fromNative, loadAddon } from '../native/load.js';
import { launcherPath } from '../native/package.js';

export interface LazyPagesOptions {
  /** Ends the server; a copy that still lacks pages is killed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a server for the pages of one restore, in the place of `criu lazy-pages`: the processes run
 * before their memory is there, and get each page when they touch it, or before.
 *
 *     const pages = await serveLazyPages(imagesDir);
 *     const copy = await criu.restore({ imagesDir, lazyPages: pages });
 *     await pages.exited;
 *
 * Any process that CRIU has dumped, also a tree of several; an image with a parent is refused. The
 * server is a process of its own: when this one is killed, it goes on until all pages are in place.
 *
 * @throws TubthumpError before anything is restored: ERR_TUBTHUMP_OPTIONS, _IMAGE_MISSING,
 *   _IMAGE_INVALID when files do not fit together, _USERFAULTFD where this kernel or our rights do not
 *   allow it, _SYSTEM
 */
export async function serveLazyPages(
  imagesDir: string,
  options: LazyPagesOptions = {},
): Promise<LazyPages> {
  if (typeof imagesDir !== 'string' || imagesDir === '') {
    throw wrongOption('`imagesDir`', 'the path of a directory', imagesDir);
  }
  for (const name of Object.keys(options)) {
    if (name !== 'signal') throw unknownOption(name, ['signal']);
  }
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw wrongOption('`signal`', 'an AbortSignal', signal);
  }
  if (signal?.aborted) throw cancelled(signal);
  const native = await loadAddon()
    .serveLazyPages(launcherPath(), imagesDir)
    .catch((error) => {
      throw fromNative(error);
    });
  return new LazyPages(native, signal);
}

/** A page server at work, for one restore. */
export class LazyPages implements AsyncDisposable {
  /** Of the server, a child of ours. */
  readonly pid: number;
  /** Where CRIU finds it, for who restores without `CriuClient`. Gone when CRIU has connected. */
  readonly workDir: string;
  /**
   * Resolves when all pages are in place, when the processes have ended, or when the restore failed.
   * @throws TubthumpError (rejects) when the server was lost or could not read a page:
   *   ERR_TUBTHUMP_PAGE_SERVER, _IMAGE_INVALID; what it served was killed
   */
  readonly exited: Promise<void>;

  private used = false;
  private cancelled: TubthumpError | undefined;

  /** @internal */
  constructor(
    private readonly native: NativeLazyPages,
    signal: AbortSignal | undefined,
  ) {
    this.pid = native.pid;
    this.workDir = native.workDir;
    const onAbort = () => {
      this.cancelled = cancelled(signal);
      native.end();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    this.exited = native.exited
      .catch((error) => {
        throw this.cancelled ?? fromNative(error);
      })
      .finally(() => signal?.removeEventListener('abort', onAbort));
    // Who does not ask is not to be ended by it: the copy is dead already.
    this.exited.catch(() => {});
  }

  /** Ends a server that no restore uses; otherwise waits until all pages are in place. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.used) this.native.letGo();
    await this.exited;
  }

  /**
   * For one restore. @internal
   * @throws TubthumpError ERR_TUBTHUMP_OPTIONS at the second
   */
  take(): void {
    if (this.used) throw wrongOption('`lazyPages`', 'a server for this restore alone', 'used');
    this.used = true;
  }

  /** Before the copy runs. @internal */
  async held(): Promise<void> {
    if (!(await this.native.held())) await this.lost();
  }

  /**
   * From now on the copy and the processes below it are killed when the server is lost. `CriuClient`
   * does it by itself.
   * @param pid of its root, in our pid namespace
   * @throws TubthumpError ERR_TUBTHUMP_PAGE_SERVER when it is lost already: they were killed
   */
  protect(pid: number): void {
    this.used = true;
    try {
      this.native.protect(pid);
    } catch (error) {
      throw this.cancelled ?? fromNative(error);
    }
  }

  /** There is no copy. @internal */
  async release(): Promise<void> {
    this.native.letGo();
    await this.exited;
  }

  private async lost(): Promise<never> {
    await this.exited;
    throw new TubthumpError('ERR_TUBTHUMP_PAGE_SERVER', 'the page server has ended');
  }
}

function cancelled(signal: AbortSignal | undefined): TubthumpError {
  const message = 'the page server was cancelled by the caller';
  return new TubthumpError('ERR_TUBTHUMP_PAGE_SERVER', message, { cause: signal?.reason });
}
