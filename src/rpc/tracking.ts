import { TubthumpError } from '../errors/index.js';
import type { Control } from './options/control.js';
import { featureCheck } from './questions.js';
import type { Transport } from './transport.js';

/**
 * CRIU asserts in the middle of a pre-dump that the kernel notes which pages are written: it would
 * abort.
 * @param what begins the message
 * @throws TubthumpError ERR_TUBTHUMP_KERNEL that names the kernel option
 */
export async function needTracking(
  transport: Transport,
  what: string,
  { timeoutMs, signal }: Control,
): Promise<void> {
  const { memTrack } = await featureCheck(transport, { timeoutMs, signal });
  if (memTrack) return;
  const message = `${what} needs soft-dirty page tracking, and this kernel was built without CONFIG_MEM_SOFT_DIRTY`;
  throw new TubthumpError('ERR_TUBTHUMP_KERNEL', message);
}
