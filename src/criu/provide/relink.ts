import { join } from 'node:path';
import { TubthumpError } from '../../errors/index.js';
import { run } from '../../process/run.js';
import { binaryIn } from '../cache.js';

/** In a prefix. */
export const LIBRARIES = 'usr/lib/x86_64-linux-gnu';

/**
 * Makes the CRIU unpacked in `prefix` use the loader and the libraries unpacked beside it, as they
 * will be found once the prefix is at `destination`.
 *
 * The path is written as DT_RPATH (--force-rpath): DT_RUNPATH does not hold for the libraries that
 * a library needs, which would then come from the system, with another libc.
 *
 * @throws ERR_TUBTHUMP_SETUP_FAILED when patchelf fails
 */
export async function relink(prefix: string, destination: string): Promise<void> {
  const libraries = join(destination, LIBRARIES);
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  await patch(binaryIn(prefix), ['--set-interpreter', loader, ...searching(libraries)]);
}

/** Arguments of patchelf. */
export function searching(...directories: readonly string[]): string[] {
  return ['--force-rpath', '--set-rpath', directories.join(':')];
}

/** @throws ERR_TUBTHUMP_SETUP_FAILED when patchelf fails */
export async function patch(binary: string, args: readonly string[]): Promise<void> {
  const result = await run('patchelf', [...args, binary], { timeoutMs: 60_000 });
  if (result.status === 0) return;
  throw new TubthumpError('ERR_TUBTHUMP_SETUP_FAILED', `patchelf: ${result.stderr.trim()}`);
}
