import type { RuntimeStep } from '../core/runtime-step.js';
import { refusals } from '../descriptors/judge.js';
import { listDescriptors } from '../descriptors/list.js';
import { TubthumpError } from '../errors/index.js';
import { channel } from '../native/channel.js';

/** The last look before the freeze: everything that CRIU would refuse, named in one error. */
export const descriptors: RuntimeStep = {
  name: 'descriptors',
  quiesce() {
    const refused = refusals(listDescriptors(), new Set([0, 1, 2, channel()]));
    if (refused.length === 0) return;
    const lines = refused.map(
      ({ descriptor: { fd, kind, target }, remedy }) => `fd ${fd} ${kind} ${target}: ${remedy}`,
    );
    const rings = refused.every(({ code }) => code === 'ERR_TUBTHUMP_IO_URING');
    throw new TubthumpError(
      rings ? 'ERR_TUBTHUMP_IO_URING' : 'ERR_TUBTHUMP_DESCRIPTORS',
      `descriptors that cannot be in an image:\n    ${lines.join('\n    ')}`,
    );
  },
};
