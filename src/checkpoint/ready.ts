import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from '../control/client.js';
import type { ServiceStatus } from '../control/protocol.js';
import { TubthumpError } from '../errors/index.js';
import { serviceAt } from './descendants.js';

const POLL_MS = 10;

export interface ReadyOptions {
  /** `listening` or `ready` is waited for; without it, whatever comes first. */
  readonly moment?: 'listening' | 'ready' | undefined;
  readonly timeoutMs: number;
  /** Throws when waiting on has no sense. */
  assertAlive(): void;
}

/**
 * Waits until the service at or below the process `root` is ready.
 * @throws TubthumpError ERR_TUBTHUMP_NOT_READY, and what assertAlive throws
 */
export async function untilReady(root: number, options: ReadyOptions): Promise<ServiceStatus> {
  const { moment, timeoutMs, assertAlive } = options;
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    assertAlive();
    const status = await askStatus(serviceAt(root)).catch(() => undefined);
    if (status?.ready && moment !== 'listening') return status;
    if (status?.listening && moment !== 'ready') return status;
    await sleep(POLL_MS);
  }
  const what = moment === 'ready' ? 'say that it is ready' : 'listen';
  throw new TubthumpError(
    'ERR_TUBTHUMP_NOT_READY',
    `the service did not ${what} within ${timeoutMs / 1000} s`,
  );
}
