import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The kinds of /run on which a restore is measured. CRIU keeps what it learnt about the kernel in
 * /run/criu.kdat, but only on tmpfs; in most containers and some machines /run is none.
 */
export type RunKind = 'disk' | 'disk-kdat' | 'tmpfs';

/** linux/magic.h */
const TMPFS_MAGIC = 0x01021994;

/** Which kinds hold a kdat before a sample starts. */
const HAS_KDAT = { disk: false, 'disk-kdat': true, tmpfs: true };

/** One directory of each kind; a sample sees one of them as /run. */
export class RunDirectories {
  readonly #paths: Readonly<Record<RunKind, string>>;

  /**
   * @param disk a directory on a disk, for the kinds that are no tmpfs
   * @param shared a directory on a tmpfs, for the one that is
   * @throws Error when they are not
   */
  constructor(disk: string, shared: string) {
    this.#paths = {
      disk: join(disk, 'run'),
      'disk-kdat': join(disk, 'run-kdat'),
      tmpfs: join(shared, 'run'),
    };
    for (const [kind, path] of Object.entries(this.#paths)) {
      mkdirSync(path, { recursive: true });
      if (isTmpfs(path) === (kind === 'tmpfs')) continue;
      throw new Error(`${path} is ${kind === 'tmpfs' ? 'not ' : ''}on tmpfs: see TMPDIR`);
    }
  }

  path(kind: RunKind): string {
    return this.#paths[kind];
  }

  /** Makes sure that a sample measures what its row says. */
  verify(kind: RunKind): void {
    const kdat = join(this.#paths[kind], 'criu.kdat');
    if (existsSync(kdat) === HAS_KDAT[kind]) return;
    throw new Error(`${this.#paths[kind]}: ${HAS_KDAT[kind] ? 'no kdat' : 'there is a kdat'}`);
  }
}

export function isTmpfs(path: string): boolean {
  return statfsSync(path).type === TMPFS_MAGIC;
}
