import dnsModule from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import type { RuntimeStep } from '../core/runtime-step.js';

let asConfigured = false;

/**
 * Node reads /etc/resolv.conf once, for dns.resolve and its like; a copy reads that of its own
 * machine, unless the application chose its servers. dns.lookup asks libc, which looks every time.
 */
export const dns: RuntimeStep = {
  name: 'dns',
  quiesce() {
    asConfigured = dnsModule.getServers().join() === configured().join();
  },
  wake({ reason }) {
    if (reason !== 'restored' || !asConfigured) return;
    // Another resolver becomes the default one, also for those who imported its functions by name.
    dnsModule.setServers(configured());
    syncBuiltinESMExports();
  },
};

/** What a resolver that is made now finds. */
function configured(): string[] {
  return new dnsModule.Resolver().getServers();
}
