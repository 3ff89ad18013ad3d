// @ts-check
// The kinds of /run on which a restore is measured. CRIU keeps what it learnt about the kernel in
// /run/criu.kdat, but only on tmpfs; in most containers and some machines /run is none.
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {'disk' | 'disk-kdat' | 'tmpfs'} RunKind */

/** linux/magic.h */
const TMPFS_MAGIC = 0x01021994;

/** Which kinds hold a kdat before a sample starts. */
const HAS_KDAT = { disk: false, 'disk-kdat': true, tmpfs: true };

/** One directory of each kind; a sample sees one of them as /run. */
export class RunDirectories {
  /** @type {Readonly<Record<RunKind, string>>} */
  #paths;

  /** @param {string} scratch a directory on a disk, for the kinds that are no tmpfs */
  constructor(scratch) {
    const shared = mkdtempSync('/dev/shm/tubthump-bench-');
    this.#paths = {
      disk: join(scratch, 'run'),
      'disk-kdat': join(scratch, 'run-kdat'),
      tmpfs: join(shared, 'run'),
    };
    for (const [kind, path] of Object.entries(this.#paths)) {
      mkdirSync(path, { recursive: true });
      if (isTmpfs(path) !== (kind === 'tmpfs')) {
        throw new Error(`${path} is ${isTmpfs(path) ? 'on' : 'not on'} tmpfs`);
      }
    }
  }

  /** @param {RunKind} kind */
  path(kind) {
    return this.#paths[kind];
  }

  /**
   * Makes sure that a sample measures what its row says.
   *
   * @param {RunKind} kind
   */
  verify(kind) {
    if (existsSync(join(this.#paths[kind], 'criu.kdat')) === HAS_KDAT[kind]) return;
    throw new Error(`${this.#paths[kind]}: ${HAS_KDAT[kind] ? 'no kdat' : 'there is a kdat'}`);
  }

  remove() {
    for (const path of [this.#paths.disk, this.#paths['disk-kdat'], dirname(this.#paths.tmpfs)]) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** @param {string} path */
export function isTmpfs(path) {
  return statfsSync(path).type === TMPFS_MAGIC;
}
