import { existsSync } from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { criuCache } from '../../criu/cache.js';
import { candidates } from '../../criu/candidates.js';
import { type ErrorCode, HINTS } from '../../errors/index.js';
import { addonPath, launcherPath } from '../../native/package.js';
import type { Support } from '../engine.js';

/** Whether this process can be dumped, as far as looking tells; `tubthump doctor` probes. */
export function findSupport(): Support {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return unsupported(
      'ERR_TUBTHUMP_PLATFORM',
      `checkpoints need Linux on x86_64, this is ${process.platform} on ${process.arch}`,
    );
  }
  if (!isMainThread) {
    return unsupported('ERR_TUBTHUMP_WORKER', 'a process is checkpointed by its main thread');
  }
  if (!existsSync(addonPath()) || !existsSync(launcherPath())) {
    return unsupported('ERR_TUBTHUMP_ADDON', `no addon and launcher at ${launcherPath()}`);
  }
  const found = candidates({ environment: process.env, cache: criuCache() });
  if (!found.some(({ path }) => existsSync(path))) {
    return unsupported('ERR_TUBTHUMP_CRIU_NOT_FOUND', 'no CRIU found');
  }
  return { supported: true };
}

function unsupported(code: ErrorCode, reason: string): Support {
  return { supported: false, code, reason, hint: HINTS[code] };
}
