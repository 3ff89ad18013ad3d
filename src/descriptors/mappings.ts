import { readFileSync, statSync } from 'node:fs';
import type { Holding } from './holding.js';

const DELETED = ' (deleted)';
/** What the kernel shows as deleted files and is none: shared anonymous memory, memfds. */
const NOT_FILES = /^\/(?:dev\/zero|memfd:|\[aio\])/;
/** The heap of the image that this copy comes from: the dump takes it over, native/core/bake. */
const OUR_HEAP = /\/heap\.img$/;

/**
 * Mapped files that were deleted, and shared-memory segments of System V, each once.
 * proc(5): /proc/PID/maps
 * @param process its directory in /proc
 */
export function listMappings(process = '/proc/self'): Holding[] {
  const found = new Map<string, Holding>();
  for (const line of readFileSync(`${process}/maps`, 'utf8').split('\n')) {
    const [, range = '', name = ''] =
      /^([0-9a-f]+-[0-9a-f]+) \S+ \S+ \S+ \d+ +(.+)$/.exec(line) ?? [];
    if (!name.endsWith(DELETED) || found.has(name)) continue;
    const path = name.slice(0, -DELETED.length);
    // ipc/shm.c names segments so, with their key in hexadecimal.
    if (path.startsWith('/SYSV')) {
      found.set(name, { kind: 'shared-memory', target: `System V segment ${path.slice(5)}`, path });
    } else if (!NOT_FILES.test(path) && !OUR_HEAP.test(path)) {
      const size = sizeOf(`${process}/map_files/${range}`);
      found.set(name, { kind: 'mapping', target: path, path, ...(size !== undefined && { size }) });
    }
  }
  return [...found.values()];
}

/** On disk, in bytes. Reading map_files takes CAP_CHECKPOINT_RESTORE or CAP_SYS_ADMIN. */
function sizeOf(mapped: string): number | undefined {
  try {
    return statSync(mapped).blocks * 512;
  } catch {
    return undefined;
  }
}
