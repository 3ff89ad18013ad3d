import { statfsSync } from 'node:fs';
import { TubthumpError } from '../../errors/index.js';

/** Measured with CRIU 4.2.1: 22 MB of indexes, 9 MB of packages, 29 MB unpacked; with room to grow. */
const NEEDED = 100 * 1024 * 1024;

/** @throws ERR_TUBTHUMP_SETUP_SPACE before anything is downloaded that would not fit */
export function requireSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  if (free >= NEEDED) return;
  const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  throw new TubthumpError(
    'ERR_TUBTHUMP_SETUP_SPACE',
    `${megabytes(free)} MB free in ${directory}, ${megabytes(NEEDED)} MB needed`,
  );
}
