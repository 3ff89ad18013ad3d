import type { RuntimeStep } from '../../core/runtime-step.js';
import { dropFetchConnections } from './fetch.js';
import { dropHttpConnections } from './http.js';
import { holdPools, releasePools } from './pools.js';
import { trackAgents } from './track.js';

trackAgents();

/** Keep-alive connections to other servers end before the freeze; the next request makes new ones. */
export const clients: RuntimeStep = {
  name: 'clients',
  async quiesce({ request }) {
    const deadline = performance.now() + request.graceMs;
    const cut = request.pastGrace === 'close';
    await Promise.all([
      dropHttpConnections(deadline, cut),
      dropFetchConnections(deadline, cut),
      holdPools(deadline, cut),
    ]);
  },
  wake: releasePools,
};
