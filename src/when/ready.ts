import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Runs `take` once, when the application has called Core.ready(). */
export function afterReady(take: () => unknown): void {
  const ready = () => {
    unsubscribe('tubthump:ready', ready);
    setImmediate(take);
  };
  subscribe('tubthump:ready', ready);
}
