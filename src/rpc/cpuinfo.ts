import { RequestType } from './codec.js';
import { checkOptions } from './options/check.js';
import type { Control } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { perform } from './perform.js';
import type { Transport } from './transport.js';

export interface CpuinfoDumpOptions extends OptionsOf<'cpuinfoDump'>, Control {
  readonly imagesDir: string;
}

export interface CpuinfoCheckOptions extends OptionsOf<'cpuinfoCheck'>, Control {
  readonly imagesDir: string;
}

export async function cpuinfoDump(
  transport: Transport,
  options: CpuinfoDumpOptions,
): Promise<void> {
  checkOptions('cpuinfoDump', { ...options }, transport.isService);
  await perform(transport, {
    what: 'cpuinfo dump',
    type: RequestType.CPUINFO_DUMP,
    options,
    defaultLog: 'cpuinfo-dump.log',
    missing: 'ERR_TUBTHUMP_OPTIONS',
    failed: 'ERR_TUBTHUMP_RPC_REFUSED',
  });
}

export async function cpuinfoCheck(
  transport: Transport,
  options: CpuinfoCheckOptions,
): Promise<void> {
  checkOptions('cpuinfoCheck', { ...options }, transport.isService);
  await perform(transport, {
    what: `cpuinfo check of ${options.imagesDir}`,
    type: RequestType.CPUINFO_CHECK,
    options,
    defaultLog: 'cpuinfo-check.log',
    missing: 'ERR_TUBTHUMP_IMAGE_MISSING',
    failed: 'ERR_TUBTHUMP_IMAGE_MISMATCH',
  });
}
