import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { TubthumpError } from '../errors/index.js';
import { criuCache } from './cache.js';
import { candidates } from './candidates.js';

/**
 * The CRIU to use without probing it: the named one, TUBTHUMP_CRIU, what `tubthump setup` chose, the
 * first on PATH. The launcher decides the same way (native/core/criu/find.cpp).
 *
 * @throws TubthumpError ERR_TUBTHUMP_CRIU_NOT_FOUND
 */
export function chosenCriu(named?: string): string {
  const cache = criuCache();
  const path =
    named ??
    process.env.TUBTHUMP_CRIU ??
    readChosen(cache.chosen) ??
    candidates({ environment: process.env, cache }).find((other) => existsSync(other.path))?.path;
  if (path && existsSync(path)) return path;
  const message = path ? `there is no CRIU at ${path}` : 'no CRIU found';
  throw new TubthumpError('ERR_TUBTHUMP_CRIU_NOT_FOUND', message);
}

/** The same CRIU with fewer libraries, where `tubthump setup` has put one: native/on_demand/README.md. */
export function restoreBinary(criu: string): string {
  return existsSync(`${criu}-restore`) ? `${criu}-restore` : criu;
}

function readChosen(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const path = readFileSync(file, 'utf8').trim();
  return existsSync(path) ? path : undefined;
}
