import { RequestType } from './codec.js';
import { HalfRestored } from './half-restored.js';
import { checkOptions } from './options/check.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { type ImageOperation, perform } from './perform.js';
import { type RestoreResult, restoreResult } from './results.js';
import type { Transport } from './transport.js';

export interface RestoreOptions extends OptionsOf<'restore'>, NotifyControl {
  readonly imagesDir: string;
}

export async function restore(
  transport: Transport,
  options: RestoreOptions,
): Promise<RestoreResult> {
  checkOptions('restore', { ...options }, transport.isService);
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
    return restoreResult(pid, options.rstSibling === true, statistics.restore);
  } catch (error) {
    await half?.end();
    throw error;
  }
}
