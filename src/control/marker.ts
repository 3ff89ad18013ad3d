import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { ownSocket } from './location.js';

/**
 * A file beside the control socket says that this process is being checkpointed: the socket is
 * closed meanwhile, for it must not be in the image.
 */
export function setMarker(): void {
  writeFileSync(markerOf(ownSocket()), programOf(process.pid), { mode: 0o600 });
}

export function clearMarker(): void {
  rmSync(markerOf(ownSocket()), { force: true });
}

/** Whether the process that should listen at `socket` has closed it for a checkpoint. */
export function isMarked(socket: string, pid: number): boolean {
  try {
    // A process that the dump ended leaves its marker; its pid may be that of another program by now.
    return readFileSync(markerOf(socket), 'utf8') === programOf(pid);
  } catch {
    return false;
  }
}

function markerOf(socket: string): string {
  return socket.replace(/\.sock$/, '.checkpoint');
}

function programOf(pid: number): string {
  return readlinkSync(`/proc/${pid}/exe`);
}
