import { rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { ownSocket, statField } from './location.js';

/** Ticks of /proc/PID/stat in a second: USER_HZ, 100 on x86_64. */
const TICKS_PER_SECOND = 100;

/**
 * A file beside the control socket says that this process is being checkpointed: the socket is
 * closed meanwhile, for it must not be in the image.
 */
export function setMarker(): void {
  writeFileSync(markerOf(ownSocket()), '', { mode: 0o600 });
}

/** @param socket  control socket of the process that set it */
export function clearMarker(socket: string): void {
  rmSync(markerOf(socket), { force: true });
}

/** Whether the process that should listen at `socket` has closed it for a checkpoint. */
export function isMarked(socket: string, pid: number): boolean {
  try {
    // A process that was killed meanwhile leaves its marker, and its pid to others.
    return statSync(markerOf(socket)).mtimeMs >= startOf(pid);
  } catch {
    return false;
  }
}

function markerOf(socket: string): string {
  return socket.replace(/\.sock$/, '.checkpoint');
}

/**
 * When a process was started, in ms since the epoch; 10 ms exact. By its age, because ticks since
 * boot are others in each time namespace, and a copy has its own. proc(5): /proc/PID/stat, field 22
 */
function startOf(pid: number): number {
  const ticks = Number(statField(pid, 22));
  return Date.now() - (uptime() - ticks / TICKS_PER_SECOND) * 1000;
}
