import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus, isMadeFor } from '../control/client.js';
import { type ErrorCode, TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';
import { type Plan, planVariable } from '../when/plan.js';
import { findService } from './descendants.js';

const POLL_MS = 20;

export interface ServiceOptions {
  /** What the service itself is to see to. */
  readonly plan?: Plan | undefined;
  /** Beside our own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where its stdout goes: ours (default), or our stderr. */
  readonly stdout?: 'stdout' | 'stderr';
}

/** A service that was started to be checkpointed, under the launcher, on our own stdio. */
export class Service {
  readonly #launcher: ChildProcess;
  readonly #ended: Promise<string>;
  #end: string | undefined;

  /** @param command what a user would type to start the service */
  constructor(command: readonly string[], { plan, environment, stdout }: ServiceOptions = {}) {
    this.#launcher = spawn(launcherPath(), ['run', '--', ...command], {
      stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
      env: { ...process.env, ...environment, ...(plan && planVariable(plan)) },
    });
    this.#ended = new Promise((resolve) => {
      this.#launcher.once('error', (error) => resolve(error.message));
      this.#launcher.once('exit', (status, signal) => resolve(signal ?? `status ${status}`));
    });
    this.#ended.then((how) => {
      this.#end = how;
    });
  }

  /** Pid of its launcher. */
  get pid(): number {
    return this.#launcher.pid as number;
  }

  /**
   * Waits until the service has made its image by itself.
   * @param id of the request, in its labels
   * @throws TubthumpError with the code of its failure, ERR_TUBTHUMP_SERVICE_ENDED
   */
  async imageMade(id: string, images: string): Promise<void> {
    while (!(await isMadeFor(id, images))) {
      const pid = findService(this.pid);
      const status = pid === undefined ? undefined : await askStatus(pid).catch(() => undefined);
      const failure = status?.lastFailure;
      if (failure) throw new TubthumpError(failure.code as ErrorCode, failure.message);
      if (!(await isMadeFor(id, images))) this.assertAlive();
      await sleep(POLL_MS);
    }
  }

  /** @throws TubthumpError ERR_TUBTHUMP_SERVICE_ENDED */
  assertAlive(): void {
    if (this.#end === undefined) return;
    throw new TubthumpError(
      'ERR_TUBTHUMP_SERVICE_ENDED',
      `the service ended before its checkpoint (${this.#end})`,
    );
  }

  /** Ends the service: SIGTERM, after a grace SIGKILL. */
  async stop(graceMs = 5_000): Promise<void> {
    this.#launcher.kill('SIGTERM');
    const kill = setTimeout(() => this.#launcher.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(kill);
  }

  /** How it ended: `status N` or the name of a signal. */
  ended(): Promise<string> {
    return this.#ended;
  }
}
