import { getServers, Resolver, setServers } from 'node:dns';
import type { RuntimeStep } from '../core/runtime-step.js';

let asConfigured = false;

/**
 * Node reads /etc/resolv.conf once, for dns.resolve and its like; a copy reads that of its own
 * machine, unless the application chose its servers. dns.lookup asks libc, which looks every time.
 */
export const dns: RuntimeStep = {
  name: 'dns',
  quiesce() {
    asConfigured = getServers().join() === configured().join();
  },
  wake({ reason }) {
    if (reason === 'restored' && asConfigured) setServers(configured());
  },
};

/** What a resolver that is made now finds. */
function configured(): string[] {
  return new Resolver().getServers();
}
