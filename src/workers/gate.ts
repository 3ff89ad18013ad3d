/**
 * Where worker threads wait while the process is frozen, so that none of them does anything between
 * the last check and the freeze, or before it is told that it is a copy.
 */
const CLOSED = 0;
const RESUMED = 1;
const RESTORED = 2;

export type Gate = SharedArrayBuffer;

export function closedGate(): Gate {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** Lets everybody through who waits, and whoever comes later. */
export function openGate(gate: Gate, { restored }: { readonly restored: boolean }): void {
  const state = new Int32Array(gate);
  Atomics.store(state, 0, restored ? RESTORED : RESUMED);
  Atomics.notify(state, 0);
}

/** Blocks this thread. @returns whether it is in a copy now */
export function waitAtGate(gate: Gate): boolean {
  const state = new Int32Array(gate);
  Atomics.wait(state, 0, CLOSED);
  return Atomics.load(state, 0) === RESTORED;
}
