import { readFile } from 'node:fs/promises';

/** Memory of a process, in bytes. proc(5): /proc/PID/smaps_rollup */
export interface MemoryFigures {
  readonly resident: number;
  /** Proportional: what is shared is divided among those that share it. */
  readonly proportional: number;
  /** What would be free again if the process ended. */
  readonly private: number;
}

/** @throws Error with `code` ENOENT or ESRCH when it has ended */
export async function memoryOf(pid: number): Promise<MemoryFigures> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (name: string) =>
    1024 * Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return {
    resident: bytes('Rss'),
    proportional: bytes('Pss'),
    private: bytes('Private_Clean') + bytes('Private_Dirty') + bytes('Private_Hugetlb'),
  };
}
