import type { RuntimeStep } from '../core/runtime-step.js';
import { closedGate, type Gate, openGate } from '../workers/gate.js';
import { holdWorkers } from '../workers/hold.js';

let gate: Gate | undefined;

/** Worker threads hold still from here to the wakening. */
export const threads: RuntimeStep = {
  name: 'threads',
  async quiesce() {
    gate = closedGate();
    await holdWorkers(gate);
  },
  wake({ reason }) {
    if (gate) openGate(gate, { restored: reason === 'restored' });
    gate = undefined;
  },
};
