import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CriuCache } from '../cache.js';
import { withLock } from './lock.js';
import { requirePlatform } from './platform.js';
import { PrivateApt } from './private-apt.js';
import { systemMirror } from './sources/mirror.js';
import { requireSpace } from './space.js';
import { requireTools } from './tools.js';

const PREFIX = '.unfinished-';

/** A temporary directory beside the prefixes, and an apt that works in it. */
export interface Workshop {
  readonly directory: string;
  readonly apt: PrivateApt;
}

/**
 * Checks that packages can be had here, and lends a workshop that nobody else uses at the time.
 * It is swept afterwards; what a killed run left behind is swept by the next one.
 *
 * @throws ERR_TUBTHUMP_PLATFORM, ERR_TUBTHUMP_SETUP_…
 */
export async function withWorkshop<T>(
  cache: CriuCache,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  requirePlatform();
  requireTools();
  const mirror = systemMirror();
  mkdirSync(cache.prefixes, { recursive: true, mode: 0o700 });
  return withLock(cache.lock, async () => {
    sweep(cache);
    requireSpace(cache.prefixes);
    const directory = mkdtempSync(join(cache.prefixes, PREFIX));
    try {
      return await work({ directory, apt: new PrivateApt(join(directory, 'apt'), mirror) });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

function sweep(cache: CriuCache): void {
  for (const name of readdirSync(cache.prefixes)) {
    if (!name.startsWith(PREFIX)) continue;
    rmSync(join(cache.prefixes, name), { recursive: true, force: true });
  }
}
