import process from 'node:process';
import type { CheckpointRequest, Engine, Outcome, Support } from './engine.js';
import { resumeWithoutImage } from './simulate.js';

/**
 * Runs the hooks and stops the process between them until SIGCONT (`kill -CONT PID`), so that
 * hooks can be tried against a real pause without privileges or CRIU.
 */
export class PauseEngine implements Engine {
  readonly name = 'pause';

  isSupported(): Support {
    if (process.platform !== 'win32') return { supported: true };
    return {
      supported: false,
      code: 'ERR_TUBTHUMP_PLATFORM',
      reason: 'Windows has no SIGSTOP',
      hint: 'Use the engine `simulate`.',
    };
  }

  async checkpoint(request: CheckpointRequest): Promise<Outcome> {
    const pausedAt = Date.now();
    const resumed = new Promise<void>((resolve) => process.once('SIGCONT', () => resolve()));
    // A pending signal listener does not keep Node alive; this does.
    const alive = setInterval(() => {}, 2 ** 30);
    process.kill(process.pid, 'SIGSTOP');
    await resumed;
    clearInterval(alive);
    return resumeWithoutImage(request, pausedAt);
  }
}
