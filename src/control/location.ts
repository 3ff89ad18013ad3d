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
  const inner = innerPlaceOf(pid);
  if (!inner) return undefined;
  // A clone has a directory of its own there: native/core/clone/namespaces.cpp.
  return inner.pid === pid ? inner.socket : `/proc/${pid}/root${inner.socket}`;
}

/** The same, as the service itself names it; another name only in another pid namespace. */
export function innerSocketOf(pid: number): string | undefined {
  return innerPlaceOf(pid)?.socket;
}

/** A process may end between any two looks at it. */
function innerPlaceOf(pid: number): { readonly pid: number; readonly socket: string } | undefined {
  try {
    const { uid } = statSync(`/proc/${pid}`);
    const inner = innerPid(pid);
    return { pid: inner, socket: `${controlDirectory(uid)}/${inner}.sock` };
  } catch {
    return undefined;
  }
}

/** The pid in the innermost of its pid namespaces. proc(5): /proc/PID/status. @throws when it has ended */
function innerPid(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^NSpid:.*\t(\d+)$/m.exec(status)?.[1] ?? pid);
}

/** Whether the process has ended; a zombie has. proc(5): /proc/PID/stat */
export function hasEnded(pid: number): boolean {
  try {
    return statField(pid, 3) === 'Z';
  } catch {
    return true;
  }
}

/** Field `number`, from 3 on, of proc(5), /proc/PID/stat. The one before may hold blanks. @throws when it has ended */
export function statField(pid: number, number: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[number - 3];
}
