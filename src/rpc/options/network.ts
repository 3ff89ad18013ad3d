import { criu_network_lock_method as Lock } from '../generated/rpc.js';
import { choice, flag } from './kinds.js';
import { inodes, namespaces, vethPairs } from './parts.js';
import { BOTH, DUMP, RESTORE, type Row } from './row.js';

const CLONE_NEWNET = 0x40000000;

/** Sockets, devices and namespaces of the network. */
export const NETWORK = {
  /** Established TCP connections are dumped and restored (CRIU 0.8). */
  tcpEstablished: { field: 'tcpEstablished', kind: flag, of: BOTH },
  /** Established TCP connections come back closed (CRIU 3.12). */
  tcpClose: { field: 'tcpClose', kind: flag, of: BOTH },
  /** Connections that nobody has accepted yet are left out (CRIU 2.4). */
  tcpSkipInFlight: { field: 'tcpSkipInFlight', kind: flag, of: DUMP },
  /**
   * How packets of dumped connections are dropped until the restore, so that the kernel does not
   * answer them with a reset: by `iptables` (default) or `nftables`, or `skip`, when something else
   * does it (CRIU 3.16).
   */
  networkLock: {
    field: 'networkLock',
    kind: choice({ iptables: Lock.IPTABLES, nftables: Lock.NFTABLES, skip: Lock.SKIP }),
    of: BOTH,
  },
  /** Unix sockets may have their peers outside the tree (CRIU 0.8). */
  extUnixSk: { field: 'extUnixSk', kind: flag, of: BOTH },
  /** Those unix sockets, by inode. Deprecated: `external: ['unix[INODE]']` (CRIU 1.7). */
  unixSkIno: { field: 'unixSkIno', kind: inodes, of: DUMP },
  /** Namespace that is made anew, with nothing in it (CRIU 2.0). */
  emptyNs: { field: 'emptyNs', kind: choice({ net: CLONE_NEWNET }), of: BOTH },
  /** Namespaces that are there, for the copy to live in: [{ ns: 'net', file: '/run/netns/x' }] (CRIU 2.3). */
  joinNs: { field: 'joinNs', kind: namespaces, of: RESTORE },
  /** Names outside of veth devices. Deprecated: `external: ['veth[IN]:OUT@BRIDGE']` (CRIU 1.2). */
  veths: { field: 'veths', kind: vethPairs, of: RESTORE },
  /** Settings of the network that this kernel does not have are passed over (CRIU 2.9). */
  weakSysctls: { field: 'weakSysctls', kind: flag, of: RESTORE },
} as const satisfies Record<string, Row>;
