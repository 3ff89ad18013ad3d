import { TubthumpError } from '../errors/index.js';
import { RequestType } from './codec.js';
import { checkOptions } from './options/check.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { perform } from './perform.js';
import { featureCheck } from './questions.js';
import type { DumpResult, PreDumpResult } from './results.js';
import type { Transport } from './transport.js';

export interface DumpOptions extends OptionsOf<'dump'>, NotifyControl {
  readonly imagesDir: string;
  readonly pid: number;
}

export interface PreDumpOptions extends OptionsOf<'preDump'>, NotifyControl {
  readonly imagesDir: string;
  readonly pid: number;
}

export async function dump(transport: Transport, options: DumpOptions): Promise<DumpResult> {
  checkOptions('dump', { ...options }, transport.isService);
  if (options.trackMem) await needTracking(transport, 'trackMem', options);
  const { response, statistics } = await perform(transport, {
    what: `dump of pid ${options.pid}`,
    type: RequestType.DUMP,
    options,
    defaultLog: 'dump.log',
    statistics: 'stats-dump',
    missing: 'ERR_TUBTHUMP_OPTIONS',
    failed: 'ERR_TUBTHUMP_DUMP_FAILED',
  });
  const restored = response.dump?.restored ?? false;
  return { restored, ...(statistics.dump && { statistics: statistics.dump }) };
}

export async function preDump(
  transport: Transport,
  options: PreDumpOptions,
): Promise<PreDumpResult> {
  checkOptions('preDump', { ...options }, transport.isService);
  await needTracking(transport, 'a pre-dump', options);
  const { statistics } = await perform(transport, {
    what: `pre-dump of pid ${options.pid}`,
    type: RequestType.SINGLE_PRE_DUMP,
    options,
    defaultLog: 'pre-dump.log',
    statistics: 'stats-dump',
    missing: 'ERR_TUBTHUMP_OPTIONS',
    failed: 'ERR_TUBTHUMP_DUMP_FAILED',
  });
  return statistics.dump ? { statistics: statistics.dump } : {};
}

/** CRIU asserts in the middle of a pre-dump that the kernel can do it: it would abort. */
async function needTracking(transport: Transport, what: string, control: PreDumpOptions) {
  const { timeoutMs, signal } = control;
  const { memTrack } = await featureCheck(transport, { timeoutMs, signal });
  if (memTrack) return;
  const message = `${what} needs soft-dirty page tracking, and this kernel was built without CONFIG_MEM_SOFT_DIRTY`;
  throw new TubthumpError('ERR_TUBTHUMP_KERNEL', message);
}
