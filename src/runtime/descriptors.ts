import type { RuntimeStep } from '../core/runtime-step.js';
import { holdingsErrors } from '../descriptors/error.js';
import { TubthumpAggregateError } from '../errors/index.js';
import { findRefusals } from './inspection.js';
import { currentPolicy } from './policy.js';

/** The last look before the freeze: everything that no image can have, one error for each code. */
export const descriptors: RuntimeStep = {
  name: 'descriptors',
  quiesce() {
    const { policy, released } = currentPolicy();
    const errors = holdingsErrors(findRefusals(policy, released));
    if (errors.length === 0) return;
    throw new TubthumpAggregateError('ERR_TUBTHUMP_CHECKPOINT', 'what no image can have', errors);
  },
};
