import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { innerSocketOf, socketOf } from '../control/location.js';
import { isMarked } from '../control/marker.js';

/** Pids below `root`, nearest first. proc(5): /proc/PID/task/TID/children */
export function descendants(root: number): number[] {
  const found: number[] = [];
  for (const pending = [root]; pending.length > 0; ) {
    const children = childrenOf(pending.shift() as number);
    found.push(...children);
    pending.push(...children);
  }
  return found;
}

/** The service that is meant by a pid: its own, or that of its launcher or another wrapper. */
export function serviceAt(pid: number): number {
  return isService(pid) ? pid : (findService(pid) ?? pid);
}

/** The first process below `root` that a checkpoint can be asked of: wrappers are passed over. */
export function findService(root: number): number | undefined {
  return descendants(root).find(isService);
}

function isService(pid: number): boolean {
  const socket = socketOf(pid);
  return socket !== undefined && (isListening(socket, pid) || isMarked(socket, pid));
}

/** Not only whether the file is there: one that was killed leaves its own. proc(5): /proc/PID/net/unix */
function isListening(socket: string, pid: number): boolean {
  if (!existsSync(socket)) return false;
  try {
    return readFileSync(`/proc/${pid}/net/unix`, 'utf8').includes(` ${innerSocketOf(pid)}\n`);
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return []; // It ended meanwhile.
  }
}
