import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { callNative } from '../native/load.js';

/**
 * What a failed restore with `rst_sibling` leaves behind: CRIU kills the copy, but as our child only
 * we can reap it, and until then its pid is taken for the next attempt.
 */
export class HalfRestored {
  private readonly childrenBefore = children();
  private pid = 0;

  /** CRIU has told the pid of the copy: with `post-restore`, or in its answer. */
  known(pid: number | undefined): void {
    if (pid !== undefined && pid > 0) this.pid = pid;
  }

  /** A child that was there before is not the copy but what was in its way. */
  async end(): Promise<void> {
    if (this.childrenBefore.has(this.pid) || !children().has(this.pid)) return;
    process.kill(this.pid, 'SIGKILL');
    await callNative((addon) => addon.waitChild(this.pid));
  }
}

/** Of all our threads. */
function children(): Set<number> {
  const lists = readdirSync('/proc/self/task').map((thread) => {
    try {
      return readFileSync(`/proc/self/task/${thread}/children`, 'utf8');
    } catch {
      return ''; // The thread has ended.
    }
  });
  return new Set(lists.join(' ').split(/\s+/).filter(Boolean).map(Number));
}
