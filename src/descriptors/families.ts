import { callNative } from '../native/load.js';
import type { Holding } from './holding.js';
import { closable, RESTORABLE, type Verdict } from './verdict.js';

/** Families that CRIU restores: unix, IPv4, IPv6, netlink, packet. address_families(7) */
const KNOWN = new Set([1, 2, 10, 16, 17]);

/** Sockets that no table of /proc/net has: unbound ones, which are harmless, and other families. */
export function judgeOtherSocket({ fd }: Holding): Verdict {
  if (fd === undefined) return RESTORABLE;
  const family = callNative((addon) => addon.socketDomain(fd));
  if (KNOWN.has(family)) return RESTORABLE;
  return closable(`CRIU has no sockets of address family ${family}: close it in beforeCheckpoint`);
}
