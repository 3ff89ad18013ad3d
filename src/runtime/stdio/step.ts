import type { RuntimeStep } from '../../core/runtime-step.js';
import { Input, watchInput } from './input.js';
import { Output } from './output.js';

watchInput();

const input = new Input();
const outputs = [new Output('stdout', 1), new Output('stderr', 2)];

/**
 * The handover puts other descriptors on 0, 1 and 2, of another kind perhaps; libuv's handles over
 * them are let go before and made anew after.
 */
export const stdio: RuntimeStep = {
  name: 'stdio',
  async quiesce() {
    await input.park();
    for (const output of outputs) await output.park();
  },
  wake() {
    for (const output of outputs) output.unpark();
    input.unpark();
  },
};
