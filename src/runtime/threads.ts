import type { RuntimeStep } from '../core/runtime-step.js';
import { listWorkers } from '../descriptors/threads.js';
import { closedGate, type Gate, openGate } from '../workers/gate.js';
import { holdWorkers } from '../workers/hold.js';
import { currentPolicy } from './policy.js';

const KEEPING: ReadonlySet<unknown> = new Set(['keep', 'ignore']);

let gate: Gate | undefined;

/** Worker threads hold still from here to the wakening. */
export const threads: RuntimeStep = {
  name: 'threads',
  async quiesce() {
    gate = closedGate();
    const { policy } = currentPolicy();
    const kept = listWorkers().filter((worker) => KEEPING.has(policy(worker)?.action));
    await holdWorkers(gate, (id) => kept.some(({ threadId }) => threadId === id));
  },
  wake({ reason }) {
    if (gate) openGate(gate, { restored: reason === 'restored' });
    gate = undefined;
  },
};
