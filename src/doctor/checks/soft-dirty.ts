import { type Check, ok, warning } from '../check.js';

export const softDirty: Check = {
  name: 'soft-dirty',
  async examine(host) {
    const feature = await host.feature('mem_dirty_track');
    if (feature) return ok('memory changes can be tracked');
    const detail =
      feature === null ? 'unknown without CRIU' : 'not in this kernel: no incremental dumps';
    return warning(
      detail,
      'Needed by pre-dumps only; use a kernel with CONFIG_MEM_SOFT_DIRTY for them.',
    );
  },
};
