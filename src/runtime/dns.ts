import dnsModule from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { RuntimeStep } from '../core/runtime-step.js';

/** Where c-ares finds its servers: resolv.conf(5). */
const CONFIGURATION = '/etc/resolv.conf';

let asConfigured = false;
let configuration = '';

/**
 * Node reads /etc/resolv.conf once, for dns.resolve and its like; a copy reads that of its own
 * machine, unless the application chose its servers. dns.lookup asks libc, which looks every time.
 */
export const dns: RuntimeStep = {
  name: 'dns',
  quiesce() {
    asConfigured = dnsModule.getServers().join() === configured().join();
    configuration = readConfiguration();
  },
  wake({ reason }) {
    if (reason !== 'restored' || !asConfigured) return;
    // Making a resolver takes a millisecond.
    if (readConfiguration() === configuration) return;
    // Another resolver becomes the default one, also for those who imported its functions by name.
    dnsModule.setServers(configured());
    syncBuiltinESMExports();
  },
};

/** What a resolver that is made now finds. */
function configured(): string[] {
  return new dnsModule.Resolver().getServers();
}

function readConfiguration(): string {
  try {
    return readFileSync(CONFIGURATION, 'utf8');
  } catch {
    return ''; // There is none: c-ares asks the local host.
  }
}
