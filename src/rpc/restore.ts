import { RequestType } from './codec.js';
import { HalfRestored } from './half-restored.js';
import { LazyPages } from './lazy-pages.js';
import { checkOptions } from './options/check.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { type ImageOperation, perform } from './perform.js';
import { type RestoreResult, restoreResult } from './results.js';
import { type EncodedRestoreOptions, Served } from './served.js';
import type { Transport } from './transport.js';

export interface RestoreOptions extends Omit<OptionsOf<'restore'>, 'lazyPages'>, NotifyControl {
  readonly imagesDir: string;
  /**
   * Pages come while the copy runs: from what `serveLazyPages` has started, or, if true, from whoever
   * listens in `workDir` (CRIU 3.5).
   */
  readonly lazyPages?: boolean | LazyPages | undefined;
}

export async function restore(transport: Transport, given: RestoreOptions): Promise<RestoreResult> {
  const { lazyPages, ...others } = given;
  const pages = lazyPages instanceof LazyPages ? lazyPages : undefined;
  const plain: EncodedRestoreOptions = pages
    ? { ...others, lazyPages: true }
    : { ...others, ...(lazyPages !== undefined && { lazyPages: lazyPages as boolean }) };
  checkOptions('restore', { ...plain }, transport.isService);
  const served = pages ? new Served(pages, plain) : undefined;
  const options = served?.options ?? plain;
  const half = options.rstSibling ? new HalfRestored() : undefined;
  const operation = {
    what: `restore of ${options.imagesDir}`,
    type: RequestType.RESTORE,
    options,
    defaultLog: 'restore.log',
    statistics: 'stats-restore',
    missing: 'ERR_TUBTHUMP_IMAGE_MISSING',
    failed: 'ERR_TUBTHUMP_RESTORE_FAILED',
    copy: (pid) => half?.known(pid),
  } as const satisfies ImageOperation;
  try {
    const { response, statistics } = await perform(transport, operation);
    const pid = response.restore?.pid ?? 0;
    served?.protect(pid);
    return restoreResult(pid, options.rstSibling === true, statistics.restore);
  } catch (error) {
    await half?.end();
    throw (await served?.lost()) ?? error;
  }
}
