import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const VARIABLE = 'TUBTHUMP_TEST_MARK';

/** An environment that everything below a launcher inherits, wherever it goes. */
export function mark(): { readonly [VARIABLE]: string } {
  return { [VARIABLE]: randomUUID() };
}

/** Pids of all living processes with this mark. proc(5): /proc/PID/environ */
export function marked({ [VARIABLE]: id }: ReturnType<typeof mark>): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${VARIABLE}=${id}`);
      } catch {
        return false; // It has ended.
      }
    })
    .map(Number)
    .sort((a, b) => a - b);
}

/** What a process holds open, in kinds: inode numbers differ from one socket to the next. */
export function descriptorsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => {
      try {
        return `${fd} ${readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/\[\d+\]/, '')}`;
      } catch {
        return ''; // Closed meanwhile.
      }
    })
    .filter(Boolean)
    .map((line) => line.replace(/^\d+ /, ''))
    .sort();
}

/** The same, once nothing is being opened or closed: a client's connection ends a little later. */
export async function descriptorsAtRest(pid: number): Promise<string[]> {
  for (let before = descriptorsOf(pid); ; ) {
    await sleep(100);
    const now = descriptorsOf(pid);
    if (now.length === before.length) return now;
    before = now;
  }
}
