import { channel } from 'node:diagnostics_channel';
import { debuglog } from 'node:util';

/**
 * Channels (`node:diagnostics_channel`):
 * - `tubthump:phase`: { phase, durationMs, error? }, where `phase` is in this order `hooks`,
 *   `quiesce:STEP` for each step, `freeze`, `wake:STEP`, `hooks-after`
 * - `tubthump:hook`: { hook, resource, durationMs, error? }
 * - `tubthump:checkpoint`: { reason, imageId, durationMs, error? } at the end of every attempt
 * - `tubthump:ready`: {} when the application called Core.ready()
 * Durations are in ms. `NODE_DEBUG=tubthump` prints the same.
 */
export const CHANNELS = ['phase', 'hook', 'checkpoint', 'ready'] as const;

export type ChannelName = (typeof CHANNELS)[number];

const channels = Object.fromEntries(
  CHANNELS.map((name) => [name, channel(`tubthump:${name}`)]),
) as Record<ChannelName, ReturnType<typeof channel>>;

const debug = debuglog('tubthump');

export function publish(name: ChannelName, message: object): void {
  debug('%s %O', name, message);
  channels[name].publish(message);
}

/** Runs one phase, reports its duration, and returns what it threw instead of throwing. */
export async function runPhase<T>(
  phase: string,
  work: () => T | Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  const started = performance.now();
  let result: { value: T } | { error: unknown };
  try {
    result = { value: await work() };
  } catch (error) {
    result = { error };
  }
  const error = 'error' in result ? { error: result.error } : {};
  publish('phase', { phase, durationMs: performance.now() - started, ...error });
  return result;
}
