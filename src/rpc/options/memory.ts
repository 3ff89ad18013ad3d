import { criu_pre_dump_mode as Mode } from '../generated/rpc.js';
import { choice, flag, text } from './kinds.js';
import { pageServer } from './parts.js';
import { BOTH, DUMPS, type Row } from './row.js';

const TRANSFERS = [...DUMPS, 'restore', 'pageServer'] as const;

/** How pages are found and where they go. */
export const MEMORY = {
  /**
   * Where pages go instead of into the image: to a page server at `address` and `port`, or through a
   * connected stream socket `fd` of ours (swrk only). For a page server: where it listens; without
   * `port` at one that is free. With `lazyPages`: where pages are asked for (CRIU 1.2).
   */
  pageServer: { field: 'ps', kind: pageServer, of: TRANSFERS },
  /** From now on the kernel notes which pages are written, for a later difference (CRIU 1.2). */
  trackMem: { field: 'trackMem', kind: flag, of: DUMPS },
  /**
   * How a pre-dump reads: `splice` from inside the process (default), `read` by process_vm_readv(2),
   * with less time frozen (CRIU 3.14).
   */
  preDumpMode: {
    field: 'preDumpMode',
    kind: choice({ splice: Mode.SPLICE, read: Mode.VM_READ }),
    of: ['preDump'],
  },
  /**
   * Pages that a newer image has are cut out of its parent; at restore, pages are cut out of the image
   * as soon as they are in memory: it can be used once (CRIU 1.2).
   */
  autoDedup: { field: 'autoDedup', kind: flag, of: TRANSFERS },
  /**
   * Dump: pages are not written but served at `pageServer` until a copy has them all. Restore: pages
   * come from a `criu lazy-pages` that listens in `workDir` (CRIU 3.5).
   */
  lazyPages: { field: 'lazyPages', kind: flag, of: BOTH },

  /** The page server is spoken to by TLS; both sides need a certificate (CRIU 3.13). */
  tls: { field: 'tls', kind: flag, of: TRANSFERS },
  /** File (PEM) of authorities for the peer's certificate; default /etc/pki/CA/cacert.pem and the system's (CRIU 3.13). */
  tlsCacert: { field: 'tlsCacert', kind: text, of: TRANSFERS },
  /** File (PEM) of revoked certificates; default /etc/pki/CA/cacrl.pem, if there (CRIU 3.13). */
  tlsCacrl: { field: 'tlsCacrl', kind: text, of: TRANSFERS },
  /** File (PEM) of our certificate; default /etc/pki/criu/cert.pem (CRIU 3.13). */
  tlsCert: { field: 'tlsCert', kind: text, of: TRANSFERS },
  /** File (PEM) of our private key; default /etc/pki/criu/private/key.pem (CRIU 3.13). */
  tlsKey: { field: 'tlsKey', kind: text, of: TRANSFERS },
  /** The name in the peer's certificate may be another than `address` (CRIU 3.13). */
  tlsNoCnVerify: { field: 'tlsNoCnVerify', kind: flag, of: TRANSFERS },
} as const satisfies Record<string, Row>;
