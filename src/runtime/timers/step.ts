import type { RuntimeStep } from '../../core/runtime-step.js';
import { type PendingTimer, pendingTimers } from './pending.js';

let wallClock = false;

/**
 * Timers count the loop's time, which stands still while there is only an image: CRIU gives a copy a
 * time namespace in which the monotonic clock goes on from the dump. With `timers: 'wall-clock'` they
 * are set anew as if it had gone on: what was due in the meantime is due now, once.
 */
export const timers: RuntimeStep = {
  name: 'timers',
  quiesce({ request }) {
    wallClock = request.timers === 'wall-clock';
  },
  wake(view) {
    if (view.reason !== 'restored' || !wallClock) return;
    // The loop sees by itself how long a parked copy waited.
    advance(pendingTimers(), Date.now() - view.checkpointedAt - (view.parkedMs ?? 0));
  },
};

/** Moves deadlines `ms` towards now; they keep their order. */
function advance(pending: readonly PendingTimer[], ms: number): void {
  if (ms <= 0) return; // The wall clock was set back.
  const now = loopTime();
  const rests = pending.map((timer) => ({ timer, rest: restOf(timer, now) - ms }));
  for (const { timer, rest } of rests.sort((one, other) => one.rest - other.rest)) {
    const delay = timer._idleTimeout;
    timer._idleTimeout = Math.max(1, rest);
    timer.refresh();
    // What the application's own refresh() is to wait.
    timer._idleTimeout = delay;
  }
}

function restOf({ _idleStart, _idleTimeout }: PendingTimer, now: number): number {
  return _idleStart + _idleTimeout - now;
}

/** What timers take for the present, in ms. */
function loopTime(): number {
  const timer = setTimeout(() => {}, 1) as unknown as PendingTimer & NodeJS.Timeout;
  clearTimeout(timer);
  return timer._idleStart;
}
