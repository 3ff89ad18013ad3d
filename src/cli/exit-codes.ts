import type { ErrorCode } from '../errors/index.js';

/**
 * Exit statuses of the commands, in the manner of sysexits(3); docs/cli.md explains them.
 * native/core/error/codes.def gives the launcher the same.
 */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 64,
  imageInvalid: 65,
  imageMissing: 66,
  unavailable: 69,
  failed: 70,
  systemCall: 71,
  imageNotWritten: 73,
  refused: 75,
  commandNotFound: 127,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const STATUS: Readonly<Record<ErrorCode, ExitStatus>> = {
  ERR_TUBTHUMP_USAGE: EXIT.usage,
  ERR_TUBTHUMP_OPTIONS: EXIT.usage,
  ERR_TUBTHUMP_SYSTEM: EXIT.systemCall,
  ERR_TUBTHUMP_INTERNAL: EXIT.failure,
  ERR_TUBTHUMP_PLATFORM: EXIT.unavailable,
  ERR_TUBTHUMP_ADDON: EXIT.unavailable,

  ERR_TUBTHUMP_CRIU_NOT_FOUND: EXIT.unavailable,
  ERR_TUBTHUMP_CRIU_PROBE: EXIT.unavailable,
  ERR_TUBTHUMP_CRIU_SPAWN: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_FAILED: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_MIRROR: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_NETWORK: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_SPACE: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_TOOL: EXIT.unavailable,
  ERR_TUBTHUMP_SETUP_UNTRUSTED: EXIT.unavailable,

  ERR_TUBTHUMP_RPC_CONNECT: EXIT.failed,
  ERR_TUBTHUMP_RPC_CLOSED: EXIT.failed,
  ERR_TUBTHUMP_RPC_TIMEOUT: EXIT.failed,
  ERR_TUBTHUMP_RPC_ABORTED: EXIT.failed,
  ERR_TUBTHUMP_RPC_GARBAGE: EXIT.failed,
  ERR_TUBTHUMP_RPC_UNEXPECTED: EXIT.failed,
  ERR_TUBTHUMP_RPC_REFUSED: EXIT.failed,

  ERR_TUBTHUMP_KERNEL: EXIT.unavailable,
  ERR_TUBTHUMP_DUMP_FAILED: EXIT.failed,
  ERR_TUBTHUMP_RESTORE_FAILED: EXIT.failed,
  ERR_TUBTHUMP_IMAGE_MISSING: EXIT.imageMissing,
  ERR_TUBTHUMP_WORKING_SET_MISSING: EXIT.imageMissing,
  ERR_TUBTHUMP_IMAGE_INVALID: EXIT.imageInvalid,
  ERR_TUBTHUMP_IMAGE_MISMATCH: EXIT.imageInvalid,
  ERR_TUBTHUMP_IMAGE_UNTRUSTED: EXIT.imageInvalid,
  ERR_TUBTHUMP_KEY: EXIT.usage,
  ERR_TUBTHUMP_NO_MEMORY: EXIT.systemCall,
  ERR_TUBTHUMP_IMAGE_PUBLISH: EXIT.imageNotWritten,
  ERR_TUBTHUMP_OCI_NOT_FOUND: EXIT.imageMissing,
  ERR_TUBTHUMP_OCI_INVALID: EXIT.imageInvalid,
  ERR_TUBTHUMP_OCI_UNSUPPORTED: EXIT.imageInvalid,
  ERR_TUBTHUMP_PACK_INVALID: EXIT.imageInvalid,
  ERR_TUBTHUMP_PACK_BASE: EXIT.imageInvalid,
  ERR_TUBTHUMP_PACK_ABORTED: EXIT.failed,
  ERR_TUBTHUMP_CAPABILITY: EXIT.unavailable,
  ERR_TUBTHUMP_PID_TAKEN: EXIT.failed,
  ERR_TUBTHUMP_NAMESPACE: EXIT.unavailable,
  ERR_TUBTHUMP_USERFAULTFD: EXIT.unavailable,
  ERR_TUBTHUMP_PAGE_SERVER: EXIT.failed,
  ERR_TUBTHUMP_HANDOVER_LOST: EXIT.refused,
  ERR_TUBTHUMP_HANDOVER_INVALID: EXIT.failed,
  ERR_TUBTHUMP_EXEC_FAILED: EXIT.commandNotFound,

  ERR_TUBTHUMP_CHECKPOINT: EXIT.refused,
  ERR_TUBTHUMP_RESTORE_HOOKS: EXIT.failed,
  ERR_TUBTHUMP_BUSY: EXIT.refused,
  ERR_TUBTHUMP_ABORTED: EXIT.refused,
  ERR_TUBTHUMP_HOOK_TIMEOUT: EXIT.refused,
  ERR_TUBTHUMP_WORKER: EXIT.refused,
  ERR_TUBTHUMP_DESCRIPTORS: EXIT.refused,
  ERR_TUBTHUMP_CHILDREN: EXIT.refused,

  ERR_TUBTHUMP_CLUSTER: EXIT.refused,
  ERR_TUBTHUMP_SECRETS: EXIT.refused,
  ERR_TUBTHUMP_POLICY: EXIT.usage,
  ERR_TUBTHUMP_REOPEN: EXIT.failed,
  ERR_TUBTHUMP_IO_URING: EXIT.refused,
  ERR_TUBTHUMP_LISTEN: EXIT.usage,
  ERR_TUBTHUMP_ADDRESS: EXIT.failed,
  ERR_TUBTHUMP_SETTING: EXIT.failed,
  ERR_TUBTHUMP_RANDOMNESS: EXIT.failed,
  ERR_TUBTHUMP_CLONE: EXIT.failed,
  ERR_TUBTHUMP_POOL_CLOSED: EXIT.failed,
  ERR_TUBTHUMP_CONTROL: EXIT.unavailable,
  ERR_TUBTHUMP_SERVICE_ENDED: EXIT.failed,
  ERR_TUBTHUMP_NOT_READY: EXIT.refused,
  ERR_TUBTHUMP_BENCH: EXIT.failed,
};

/** Also takes codes that are not ours, such as ENOENT: plain failures. */
export function exitStatusOf(code: string): ExitStatus {
  return Object.hasOwn(STATUS, code) ? STATUS[code as ErrorCode] : EXIT.failure;
}
