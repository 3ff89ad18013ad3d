import type { RuntimeStep } from '../core/runtime-step.js';
import { type Refusal, refusalText } from '../descriptors/refusal.js';
import {
  type ErrorCode,
  nameResource,
  TubthumpAggregateError,
  TubthumpError,
} from '../errors/index.js';
import { findRefusals } from './inspection.js';
import { currentPolicy } from './policy.js';

/** The last look before the freeze: everything that no image can have, one error for each code. */
export const descriptors: RuntimeStep = {
  name: 'descriptors',
  quiesce() {
    const { policy, released } = currentPolicy();
    const byCode = new Map<ErrorCode, Refusal[]>();
    for (const refusal of findRefusals(policy, released)) {
      byCode.set(refusal.code, [...(byCode.get(refusal.code) ?? []), refusal]);
    }
    if (byCode.size === 0) return;
    const errors = [...byCode].map(([code, refusals]) => errorOf(code, refusals));
    throw new TubthumpAggregateError('ERR_TUBTHUMP_CHECKPOINT', 'what no image can have', errors);
  },
};

const SUMMARIES: Partial<Record<ErrorCode, string>> = {
  ERR_TUBTHUMP_CHILDREN: 'child processes that would be in the image',
  ERR_TUBTHUMP_WORKERS: 'worker threads that nobody quiesced',
  ERR_TUBTHUMP_CLUSTER: 'a process that is one of several',
};

function errorOf(code: ErrorCode, refusals: readonly Refusal[]): unknown {
  const lines = refusals.flatMap((refusal) => refusalText(refusal).split('\n'));
  const summary = SUMMARIES[code] ?? 'descriptors that cannot be in an image';
  const error = new TubthumpError(code, `${summary}:\n    ${lines.join('\n    ')}`);
  return nameResource(Object.assign(error, { refusals }), 'runtime/descriptors');
}
