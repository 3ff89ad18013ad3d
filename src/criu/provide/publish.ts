import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Gives a finished directory its name by one rename, and takes away what had that name before.
 * Precondition: both are on one filesystem, and nobody else publishes under that name (lock.ts).
 */
export function publishDirectory(finished: string, destination: string): void {
  const old = `${finished}.old`;
  if (existsSync(destination)) renameSync(destination, old);
  renameSync(finished, destination);
  rmSync(old, { recursive: true, force: true });
}

/** Points a symbolic link to a directory beside it, in one step: whoever follows it finds the old or the new one. */
export function switchLink(link: string, target: string): void {
  const temporary = join(dirname(link), `.${basename(link)}.${process.pid}`);
  rmSync(temporary, { force: true });
  symlinkSync(basename(target), temporary);
  renameSync(temporary, link);
}

/** Writes a file in one step. */
export function publishFile(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
