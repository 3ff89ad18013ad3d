import { constants } from 'node:os';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** Work that tidies up when a signal comes; its exit status is then what a shell would see. */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) => controller.abort(name);
  for (const name of SIGNALS) process.once(name, abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    return 128 + constants.signals[controller.signal.reason as NodeJS.Signals];
  } finally {
    for (const name of SIGNALS) process.off(name, abort);
  }
}
