import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';

/** Directory of the control sockets of one user's services, mode 0700. */
export function controlDirectory(uid: number): string {
  return uid === 0 ? '/run/tubthump' : `/tmp/tubthump-${uid}`;
}

/** Where this process listens. */
export function ownSocket(): string {
  return `${controlDirectory(process.getuid?.() ?? 0)}/${process.pid}.sock`;
}

/** Where a service listens; undefined when there is no such process. */
export function socketOf(pid: number): string | undefined {
  const socket = innerSocketOf(pid);
  if (socket === undefined) return undefined;
  // A clone has a directory of its own there: native/core/clone/namespaces.cpp.
  return innerPid(pid) === pid ? socket : `/proc/${pid}/root${socket}`;
}

/** The same, as the service itself names it; another name only in another pid namespace. */
export function innerSocketOf(pid: number): string | undefined {
  try {
    const { uid } = statSync(`/proc/${pid}`);
    return `${controlDirectory(uid)}/${innerPid(pid)}.sock`;
  } catch {
    return undefined;
  }
}

/** The pid in the innermost of its pid namespaces. proc(5): /proc/PID/status */
function innerPid(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^NSpid:.*\t(\d+)$/m.exec(status)?.[1] ?? pid);
}

/** Whether the process has ended; a zombie has. proc(5): /proc/PID/stat */
export function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}
