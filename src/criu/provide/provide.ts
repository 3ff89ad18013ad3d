import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TubthumpError } from '../../errors/index.js';
import { binaryIn, type CriuCache } from '../cache.js';
import { SUITE } from './private-apt.js';
import { publishDirectory, switchLink } from './publish.js';
import { relink } from './relink.js';
import { packageVersion, unpack } from './unpack.js';
import { withWorkshop } from './workshop.js';

/** Told what is being done, one short line each. */
export type Progress = (line: string) => void;

/**
 * Unpacks Debian's CRIU with all its libraries into a prefix of its own below the cache, and makes
 * that prefix the current one. Some 9 MB of packages and 10 MB of indexes are downloaded.
 *
 * Needs no root. Nothing of the system changes. Concurrent calls, also of several processes, take
 * turns; an interrupted one leaves the current prefix as it was. With `again`, a prefix that is there
 * is replaced, otherwise it is kept.
 *
 * @returns path of the CRIU binary; whether it works is for the probe to say
 * @throws ERR_TUBTHUMP_PLATFORM, ERR_TUBTHUMP_SETUP_…
 */
export function provideCriu(
  cache: CriuCache,
  progress: Progress,
  { again = false } = {},
): Promise<string> {
  return withWorkshop(cache, async ({ directory, apt }) => {
    // Another process may have done it while this one waited for its turn.
    if (!again && existsSync(binaryIn(cache.current))) return binaryIn(cache.current);
    progress(`reading the package index of Debian's suite ${SUITE}`);
    await apt.update();
    const names = await apt.closure('criu');
    progress(`downloading ${names.length} packages`);
    const packages = await apt.download(names);
    progress('unpacking');
    const prefix = join(directory, 'prefix');
    await unpack(packages, prefix);
    const destination = join(cache.prefixes, await packageVersion(criuAmong(packages)));
    await relink(prefix, destination);
    publishDirectory(prefix, destination);
    switchLink(cache.current, destination);
    return binaryIn(cache.current);
  });
}

function criuAmong(packages: readonly string[]): string {
  const file = packages.find((path) => basename(path).startsWith('criu_'));
  if (file) return file;
  throw new TubthumpError('ERR_TUBTHUMP_SETUP_MIRROR', 'apt downloaded everything but CRIU');
}
