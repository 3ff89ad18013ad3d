import { RequestType } from './codec.js';
import { checkOptions } from './options/check.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { perform } from './perform.js';
import type { DumpResult, PreDumpResult } from './results.js';
import { needTracking } from './tracking.js';
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
