import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, run } from '../../process/run.js';
import { firstError, logTail } from '../log.js';
import { isAnswering } from './answer.js';
import { killCopy, LAUNCHER, startTarget, type Target, within } from './target.js';

export interface ProbeOptions {
  /** Executable whose hidden command `probe-target` is dumped and restored. */
  readonly launcher?: string | undefined;
  /** Limit of each of the two steps, in milliseconds; default 10000. */
  readonly timeoutMs?: number | undefined;
}

export type ProbeReport =
  | { readonly ok: true; readonly dumpMs: number; readonly restoreMs: number }
  | {
      readonly ok: false;
      readonly step: 'target' | 'dump' | 'restore';
      readonly reason: string;
      /** End of CRIU's log of that step. */
      readonly log: string;
    };

/**
 * Dumps and restores a small process that listens on loopback, and connects to the copy.
 *
 * `criu check` proves nothing: on kernels >= 6.16, CRIU 4.1 "looks good" and then fails to dump any
 * process with an inet socket. Takes some 0.1 s. Safe to run concurrently; leaves no process and no
 * file behind, also when CRIU hangs.
 */
export async function probeCriu(criu: string, options: ProbeOptions = {}): Promise<ProbeReport> {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-probe-'));
  try {
    const target = await startTarget(options.launcher ?? LAUNCHER);
    try {
      const probe = new Probe(criu, directory, target, options.timeoutMs ?? 10_000);
      return (await probe.dump()) ?? (await probe.restore());
    } finally {
      target.kill();
      await killCopy(target.pid);
    }
  } catch (error) {
    return { ok: false, step: 'target', reason: (error as Error).message, log: '' };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

class Probe {
  private dumpMs = 0;

  constructor(
    private readonly criu: string,
    private readonly directory: string,
    private readonly target: Target,
    private readonly timeoutMs: number,
  ) {}

  /** Returns null when the target was dumped and has ended, as it should. */
  async dump(): Promise<ProbeReport | null> {
    const started = performance.now();
    const result = await run(this.criu, this.args('dump', '-t', `${this.target.pid}`), {
      timeoutMs: this.timeoutMs,
      group: true,
    });
    this.dumpMs = performance.now() - started;
    if (result.timedOut) return this.failed('dump', `no end within ${this.timeoutMs} ms`);
    if (result.status !== 0) {
      return this.failed('dump', `exit status ${result.status ?? result.signal}`, result.stderr);
    }
    // Its pid has to be free for the copy, so it must have been reaped, too.
    if (await this.target.endedWithin(2_000)) return null;
    return this.failed('dump', 'success was reported, but the process still runs');
  }

  /**
   * CRIU stays the parent of the copy (no --restore-detached): it reaps it, and its end is the end of both.
   */
  async restore(): Promise<ProbeReport> {
    const started = performance.now();
    const criu = spawn(this.criu, this.args('restore'), { stdio: 'ignore', detached: true });
    const over = new AbortController();
    const ended = new Promise<string>((resolve) => {
      criu.once('error', (error) => resolve(error.message));
      criu.once('exit', (status, signal) => resolve(`exit status ${status ?? signal}`));
    });
    const late = AbortSignal.timeout(this.timeoutMs);
    void ended.then(() => over.abort());
    try {
      const alive = await isAnswering(this.target.port, AbortSignal.any([late, over.signal]));
      const restoreMs = performance.now() - started;
      if (alive) {
        process.kill(this.target.pid, 'SIGTERM');
        await within(2_000, ended);
        return { ok: true, dumpMs: Math.round(this.dumpMs), restoreMs: Math.round(restoreMs) };
      }
      const how = late.aborted
        ? `no answer from the copy within ${this.timeoutMs} ms`
        : await ended;
      return this.failed('restore', how);
    } finally {
      if (criu.exitCode === null && criu.signalCode === null) end(criu.pid, true);
    }
  }

  private args(command: string, ...more: string[]): string[] {
    // CRIU >= 4.0 works without root when it has file capabilities, but only if told so.
    const rights = process.geteuid?.() === 0 ? [] : ['--unprivileged'];
    return [command, ...more, '-D', this.directory, '-o', `${command}.log`, '-v2', ...rights];
  }

  private failed(step: 'dump' | 'restore', how: string, stderr = ''): ProbeReport {
    const log = logTail(join(this.directory, `${step}.log`)) || stderr.trim();
    const error = firstError(log) ?? stderr.trim().split('\n')[0];
    return { ok: false, step, reason: error ? `${how}: ${error}` : how, log };
  }
}
