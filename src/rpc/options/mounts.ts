import { flag, text, texts } from './kinds.js';
import { externalMounts } from './parts.js';
import { BOTH, DUMP, RESTORE, type Row } from './row.js';

/** Mount namespaces, and the profiles of security modules. */
export const MOUNTS = {
  /** Root directory of the tree, a mount point: where a mount namespace is restored (CRIU 1.2). */
  root: { field: 'root', kind: text, of: BOTH },
  /** Mounts from outside. Deprecated: `external: ['mnt[…]:…']` (CRIU 1.3). */
  extMnt: { field: 'extMnt', kind: externalMounts, of: BOTH },
  /** Mounts from outside are found by CRIU (CRIU 1.6). */
  autoExtMnt: { field: 'autoExtMnt', kind: flag, of: BOTH },
  /** Among them shared ones (CRIU 1.6). */
  extSharing: { field: 'extSharing', kind: flag, of: DUMP },
  /** Among them slaves of masters outside (CRIU 1.6). */
  extMasters: { field: 'extMasters', kind: flag, of: DUMP },
  /** Mount points that are left out (CRIU 1.6). */
  skipMnt: { field: 'skipMnt', kind: texts, of: BOTH },
  /** File systems that CRIU does not know and mounts by name, unsafely; `all` of them (CRIU 1.6). */
  enableFs: { field: 'enableFs', kind: texts, of: BOTH },
  /** The mount engine of before CRIU 3.17, which does not need MOVE_MOUNT_SET_GROUP (CRIU 3.17). */
  mntnsCompatMode: { field: 'mntnsCompatMode', kind: flag, of: RESTORE },
  /** `apparmor:NAME` or `selinux:LABEL` in place of the dumped profile (CRIU 3.12). */
  lsmProfile: { field: 'lsmProfile', kind: text, of: BOTH },
  /** SELinux context of mounts that had another one (CRIU 3.16). */
  lsmMountContext: { field: 'lsmMountContext', kind: text, of: RESTORE },
} as const satisfies Record<string, Row>;
