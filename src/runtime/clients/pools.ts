import { setTimeout as sleep } from 'node:timers/promises';
import { poolRegistry } from '../../adapters/pools.js';

const POLL_MS = 5;

/**
 * Waits until the pools that adapters know of have no connection open, until `deadline`; who asks for
 * one waits until `releasePools`.
 * @param cut whether those that are in use then are ended as well
 */
export async function holdPools(deadline: number, cut: boolean): Promise<void> {
  const pools = poolRegistry().pools.alive();
  for (const pool of pools) pool.hold();
  const isOpen = () => pools.some((pool) => pool.open() > 0);
  while (isOpen() && performance.now() < deadline) await sleep(POLL_MS);
  if (!cut || !isOpen()) return;
  for (const pool of pools) pool.cut();
  // Their descriptors are closed by the loop.
  while (isOpen() && performance.now() < deadline + 1_000) await sleep(1);
}

export function releasePools(): void {
  for (const pool of poolRegistry().pools.alive()) pool.release();
}
