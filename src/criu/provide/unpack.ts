import { mkdirSync } from 'node:fs';
import { run } from '../../process/run.js';
import { aptFailure } from './apt-failure.js';

/** Unpacks Debian packages over each other into a directory; runs none of their scripts. */
export async function unpack(packages: readonly string[], into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  for (const file of packages) {
    const env = { ...process.env, LC_ALL: 'C' };
    const result = await run('dpkg-deb', ['--extract', file, into], { env, timeoutMs: 60_000 });
    if (result.status !== 0) throw aptFailure('dpkg-deb --extract', result);
  }
}

/** Reads the version of a package file, such as 4.2.1-1. */
export async function packageVersion(file: string): Promise<string> {
  const result = await run('dpkg-deb', ['--field', file, 'Version'], { timeoutMs: 10_000 });
  if (result.status !== 0) throw aptFailure('dpkg-deb --field', result);
  return result.stdout.trim();
}
