import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from '../control/client.js';
import type { ServiceStatus } from '../control/protocol.js';
import { TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';
import { findService } from './descendants.js';

const POLL_MS = 10;

/** A service that was started to be checkpointed, under the launcher, on our own stdio. */
export class Service {
  readonly #launcher: ChildProcess;
  readonly #ended: Promise<string>;
  #end: string | undefined;

  /** @param command what a user would type to start the service */
  constructor(command: readonly string[]) {
    this.#launcher = spawn(launcherPath(), ['run', '--', ...command], { stdio: 'inherit' });
    this.#ended = new Promise((resolve) => {
      this.#launcher.once('error', (error) => resolve(error.message));
      this.#launcher.once('exit', (status, signal) => resolve(signal ?? `status ${status}`));
    });
    this.#ended.then((how) => {
      this.#end = how;
    });
  }

  /**
   * Waits until the service says that it is ready, or listens.
   * @throws TubthumpError ERR_TUBTHUMP_SERVICE_ENDED, ERR_TUBTHUMP_NOT_READY
   */
  async ready(timeoutMs: number): Promise<ServiceStatus> {
    const until = performance.now() + timeoutMs;
    while (performance.now() < until) {
      this.assertAlive();
      const pid = findService(this.#launcher.pid as number);
      const status = pid === undefined ? undefined : await askStatus(pid).catch(() => undefined);
      if (status?.ready || status?.listening) return status;
      await sleep(POLL_MS);
    }
    throw new TubthumpError(
      'ERR_TUBTHUMP_NOT_READY',
      `the service did not listen within ${timeoutMs / 1000} s`,
    );
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
