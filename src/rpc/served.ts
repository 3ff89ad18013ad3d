import { wrongOption } from '../errors/wrong-option.js';
import type { LazyPages } from './lazy-pages.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';

/** As CRIU knows them: a flag for pages that come later. */
export type EncodedRestoreOptions = OptionsOf<'restore'> &
  NotifyControl & { readonly imagesDir: string };

/** A restore whose pages our own server brings: it stops when the server is lost. */
export class Served {
  readonly options: EncodedRestoreOptions;
  private readonly stop = new AbortController();
  private over = false;

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS beside a `workDir`; when another restore has used it */
  constructor(
    private readonly pages: LazyPages,
    options: EncodedRestoreOptions,
  ) {
    if (options.workDir !== undefined) {
      throw wrongOption('`workDir`', "absent: a page server's own is used", options.workDir);
    }
    pages.take();
    pages.exited.catch(() => {
      if (!this.over) this.stop.abort();
    });
    const { signal, onNotify } = options;
    this.options = {
      ...options,
      workDir: pages.workDir,
      signal: AbortSignal.any([this.stop.signal, ...(signal ? [signal] : [])]),
      onNotify: async (notification) => {
        await onNotify?.(notification);
        // No copy may run whose missing pages could become zeroes.
        if (notification.script === 'post-restore') await pages.held();
      },
    };
  }

  /** The copy runs. @throws TubthumpError when the server was lost meanwhile: it was killed */
  protect(pid: number): void {
    this.pages.protect(pid);
  }

  /** After a failure: why, if it was the server. */
  async lost(): Promise<unknown> {
    this.over = true;
    return await this.pages.release().then(
      () => undefined,
      (error: unknown) => error,
    );
  }
}
