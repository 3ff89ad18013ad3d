import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Holding } from './holding.js';

/** Processes that this one started and that have not been reaped. proc(5): /proc/PID/task/TID/children */
export function listChildren(): Holding[] {
  return readdirSync('/proc/self/task').flatMap((thread) =>
    read(`/proc/self/task/${thread}/children`)
      .split(' ')
      .filter(Boolean)
      .map((pid) => child(Number(pid))),
  );
}

function child(pid: number): Holding {
  // A zombie has no command line any more, but its name.
  const words = read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
  const command = words.join(' ') || `[${read(`/proc/${pid}/comm`).trim()}]`;
  const path = programOf(pid);
  return { kind: 'child', pid, target: `${pid} \`${command}\``, command, ...(path && { path }) };
}

function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined; // It has ended, or is another user's.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has just ended.
  }
}
