import { type Check, type Finding, failure } from './check.js';
import { capabilities } from './checks/capabilities.js';
import { criu } from './checks/criu.js';
import { ioUring } from './checks/io-uring.js';
import { kdat } from './checks/kdat.js';
import { kernel } from './checks/kernel.js';
import { native } from './checks/native.js';
import { node } from './checks/node.js';
import { pidRange } from './checks/pid-range.js';
import { protectionKeys } from './checks/protection-keys.js';
import { restoreBinary } from './checks/restore-binary.js';
import { seccomp } from './checks/seccomp.js';
import { softDirty } from './checks/soft-dirty.js';
import { timeNamespace } from './checks/time-namespace.js';
import { userNamespace } from './checks/user-namespace.js';
import { userfaultfd } from './checks/userfaultfd.js';
import { yama } from './checks/yama.js';
import type { Host } from './host.js';

export const CHECKS: readonly Check[] = [
  kernel,
  node,
  native,
  criu,
  restoreBinary,
  capabilities,
  userNamespace,
  seccomp,
  yama,
  ioUring,
  protectionKeys,
  kdat,
  userfaultfd,
  softDirty,
  timeNamespace,
  pidRange,
];

export interface Line extends Finding {
  readonly name: string;
}

/** Examines a machine, check by check; a check that throws is a failure of its own, not the end of the others. */
export function examine(host: Host): Promise<Line[]> {
  return Promise.all(
    CHECKS.map(async (check) => ({ name: check.name, ...(await outcome(check, host)) })),
  );
}

export function isHealthy(lines: readonly Line[]): boolean {
  return lines.every(({ status }) => status !== 'failure');
}

async function outcome(check: Check, host: Host): Promise<Finding> {
  try {
    return await check.examine(host);
  } catch (error) {
    return failure(`the check itself failed: ${error}`, 'Report it, with this line.');
  }
}
