import { copyFileSync, cpSync, existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../native/package.js';
import { run } from '../../process/run.js';
import { binaryIn } from '../cache.js';
import { LIBRARIES, patch, searching } from './relink.js';

/** GnuTLS with nothing in it: native/hollow. */
const HOLLOW = `${PACKAGE_ROOT}build/Release/hollow`;

/**
 * Puts a second CRIU beside that of a prefix, `criu-restore`, which the launcher takes for restores: it
 * does without the libraries of page servers and network locks, and starts in a third of the time.
 * Where that is not possible there is none, and restores take the whole CRIU.
 */
export async function provideRestoreBinary(prefix: string): Promise<void> {
  const place = realpathSync(prefix);
  const binary = restoreBinaryIn(place);
  if (existsSync(binary) || !existsSync(HOLLOW)) return;
  const unfinished = `${binary}.${process.pid}`;
  try {
    const hollow = join(place, 'usr/lib/hollow');
    cpSync(HOLLOW, hollow, { recursive: true });
    copyFileSync(binaryIn(place), unfinished);
    await patch(unfinished, searching(hollow, join(place, LIBRARIES)));
    if (await starts(unfinished)) renameSync(unfinished, binary);
  } catch {
    // Slower, not wrong.
  } finally {
    rmSync(unfinished, { force: true });
  }
}

export function restoreBinaryIn(prefix: string): string {
  return `${binaryIn(prefix)}-restore`;
}

/** Whether the dynamic loader is content with it: another CRIU may refer to more of a library. */
async function starts(binary: string): Promise<boolean> {
  const { status, stderr } = await run(binary, ['--version'], { timeoutMs: 10_000 });
  return status === 0 && stderr === '';
}
