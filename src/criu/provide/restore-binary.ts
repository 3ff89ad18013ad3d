import { copyFileSync, existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { PACKAGE_ROOT } from '../../native/package.js';
import { run } from '../../process/run.js';
import { binaryIn } from '../cache.js';
import type { Progress } from './provide.js';
import { publishFile } from './publish.js';
import { LIBRARIES, patch, searching } from './relink.js';

/** Loads what it stands for when that is called: native/on_demand. */
const ON_DEMAND = 'libtubthump-on-demand.so';
const STANDS_FOR = [
  'libbsd.so.0',
  'libgnutls.so.30',
  'libnet.so.9',
  'libnftables.so.1',
  'libnl-3.so.200',
  'libuuid.so.1',
];

/**
 * Puts a second CRIU beside that of a prefix, `criu-restore`, which the launcher takes for restores: it
 * loads the libraries of page servers, TCP connections and network locks when it needs them, and
 * starts in a third of the time. Where that is not possible there is none, `progress` is told why, and
 * restores take the whole CRIU.
 */
export async function provideRestoreBinary(prefix: string, progress: Progress): Promise<void> {
  const built = join(PACKAGE_ROOT, 'build/Release', ON_DEMAND);
  if (!existsSync(built)) return;
  const place = realpathSync(prefix);
  const directory = join(place, 'usr/lib/tubthump');
  const library = join(directory, ON_DEMAND);
  const binary = restoreBinaryOf(binaryIn(place));
  if (existsSync(binary) && haveSameContent(library, built)) return;
  const unfinished = `${binary}.${process.pid}`;
  try {
    publishFile(library, readFileSync(built));
    copyFileSync(binaryIn(place), unfinished);
    const replaced = STANDS_FOR.flatMap((name) => ['--replace-needed', name, ON_DEMAND]);
    // One after the other: patchelf 0.14 writes the name over the search path when asked for both.
    await patch(unfinished, replaced);
    await patch(unfinished, searching(directory, join(place, LIBRARIES)));
    await checkSymbols(unfinished);
    renameSync(unfinished, binary);
  } catch (error) {
    // Slower, not wrong.
    progress(`restores will load all libraries of CRIU, 1 ms: ${(error as Error).message}`);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Where it is, if it is: the launcher looks there too (native/core/criu/find.h). */
export function restoreBinaryOf(criu: string): string {
  return `${criu}-restore`;
}

function haveSameContent(one: string, other: string): boolean {
  return existsSync(one) && readFileSync(one).equals(readFileSync(other));
}

/** Is there all that it refers to? Another CRIU may call more of a library. */
async function checkSymbols(binary: string): Promise<void> {
  const env = { ...process.env, LD_BIND_NOW: '1' };
  const { status, stderr } = await run(binary, ['--version'], { env, timeoutMs: 10_000 });
  if (status === 0 && stderr === '') return;
  const reason = stderr.trim() || `status ${status}`;
  throw new TubthumpError(
    'ERR_TUBTHUMP_SETUP_FAILED',
    reason.slice(reason.indexOf(': ') + 1).trim(),
  );
}
