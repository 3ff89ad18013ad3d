import { copyFileSync, existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { PACKAGE_ROOT } from '../../native/package.js';
import { run } from '../../process/run.js';
import { binaryIn } from '../cache.js';
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
 * starts in a third of the time. Where that is not possible there is none, and restores take the
 * whole CRIU.
 */
export async function provideRestoreBinary(prefix: string): Promise<void> {
  const built = join(PACKAGE_ROOT, 'build/Release', ON_DEMAND);
  if (!existsSync(built)) return;
  const place = realpathSync(prefix);
  const directory = join(place, 'usr/lib/tubthump');
  const library = join(directory, ON_DEMAND);
  const binary = restoreBinaryIn(place);
  if (existsSync(binary) && haveSameContent(library, built)) return;
  const unfinished = `${binary}.${process.pid}`;
  try {
    publishFile(library, readFileSync(built));
    copyFileSync(binaryIn(place), unfinished);
    const replaced = STANDS_FOR.flatMap((name) => ['--replace-needed', name, ON_DEMAND]);
    // One after the other: patchelf 0.14 writes the name over the search path when asked for both.
    await patch(unfinished, replaced);
    await patch(unfinished, searching(directory, join(place, LIBRARIES)));
    if (await finds(unfinished)) renameSync(unfinished, binary);
  } catch {
    // Slower, not wrong.
  } finally {
    rmSync(unfinished, { force: true });
  }
}

export function restoreBinaryIn(prefix: string): string {
  return `${binaryIn(prefix)}-restore`;
}

function haveSameContent(one: string, other: string): boolean {
  return existsSync(one) && readFileSync(one).equals(readFileSync(other));
}

/** Whether there is all that it refers to: another CRIU may call more of a library. */
async function finds(binary: string): Promise<boolean> {
  const env = { ...process.env, LD_BIND_NOW: '1' };
  const { status, stderr } = await run(binary, ['--version'], { env, timeoutMs: 10_000 });
  return status === 0 && stderr === '';
}
