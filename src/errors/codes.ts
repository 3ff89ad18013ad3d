/**
 * Every error code with what to do next. Codes are stable; messages are not.
 * The rows of native/core/error/codes.def stand here too, with the same hints; docs/errors.md
 * describes all of them, and a test compares the three.
 */
export const HINTS = {
  ERR_TUBTHUMP_USAGE: 'Run the command with --help to see what it takes.',
  ERR_TUBTHUMP_OPTIONS: 'The message names the option and what it takes.',
  ERR_TUBTHUMP_SYSTEM: 'A system call failed; the message names it and its reason.',
  ERR_TUBTHUMP_INTERNAL: 'This is a defect of tubthump: report it, with the stack that follows.',
  ERR_TUBTHUMP_PLATFORM:
    'Checkpoints need Linux on x86_64; elsewhere use the engines `simulate` and `pause`.',
  ERR_TUBTHUMP_ADDON: 'Build the native part: `npm run build:native` in the package.',

  ERR_TUBTHUMP_CRIU_NOT_FOUND:
    'Run `tubthump setup`, or name a CRIU >= 4.2 with --criu or TUBTHUMP_CRIU.',
  ERR_TUBTHUMP_CRIU_PROBE: '`tubthump doctor` tells what this machine lacks.',
  ERR_TUBTHUMP_CRIU_SPAWN:
    'Check that the CRIU binary is executable and its libraries are there: `tubthump doctor`.',
  ERR_TUBTHUMP_SETUP_FAILED: 'Read the message of the tool that failed, mend it and run it again.',
  ERR_TUBTHUMP_SETUP_MIRROR: 'Give apt a Debian mirror: see sources.list(5).',
  ERR_TUBTHUMP_SETUP_NETWORK: 'Check that apt reaches its mirror: `apt-get update`.',
  ERR_TUBTHUMP_SETUP_SPACE: 'Free some space, or point XDG_CACHE_HOME at another disk.',
  ERR_TUBTHUMP_SETUP_TOOL: 'Install the tool that the message names.',
  ERR_TUBTHUMP_SETUP_UNTRUSTED: "Install Debian's keys: the package debian-archive-keyring.",

  ERR_TUBTHUMP_RPC_CONNECT:
    'Check that `criu service` is running and that you may open its socket.',
  ERR_TUBTHUMP_RPC_CLOSED:
    'CRIU ended without an answer: it was killed or crashed; look at its log and at the kernel log.',
  ERR_TUBTHUMP_RPC_TIMEOUT: 'CRIU did not answer in time; raise the time limit or look at its log.',
  ERR_TUBTHUMP_RPC_ABORTED: 'The caller cancelled the operation.',
  ERR_TUBTHUMP_RPC_GARBAGE:
    "The peer does not speak CRIU's RPC protocol; check which program serves the socket.",
  ERR_TUBTHUMP_RPC_UNEXPECTED:
    'CRIU answered another question than was asked; check that its version is >= 4.2.',
  ERR_TUBTHUMP_RPC_REFUSED: "The message has CRIU's reason, `log` what it wrote.",

  ERR_TUBTHUMP_KERNEL: 'Do without, or boot a kernel with the option that the message names.',
  ERR_TUBTHUMP_DUMP_FAILED:
    "The service goes on; the message has CRIU's first error, `log` all of it.",
  ERR_TUBTHUMP_RESTORE_FAILED:
    "The message has CRIU's first error; `tubthump doctor` checks the machine.",
  ERR_TUBTHUMP_IMAGE_MISSING:
    'Make an image first: `tubthump checkpoint --images DIR -- node server.js`.',
  ERR_TUBTHUMP_WORKING_SET_MISSING: 'Record one: `tubthump working-set DIR --warm URL`.',
  ERR_TUBTHUMP_IMAGE_INVALID: 'The image is damaged or not one of ours: make it again.',
  ERR_TUBTHUMP_IMAGE_MISMATCH: 'The image does not fit this machine or Node: make it again here.',
  ERR_TUBTHUMP_IMAGE_UNTRUSTED:
    'Restore only what you made, or what is signed: `tubthump sign`, `chown`, `chmod go-w`.',
  ERR_TUBTHUMP_KEY:
    'Give the key that the image was encrypted with: --key FILE or --key-command COMMAND.',
  ERR_TUBTHUMP_NO_MEMORY: 'Free some memory: a decrypted image is never on a disk.',
  ERR_TUBTHUMP_IMAGE_PUBLISH:
    'Check space and permissions of the directory that is to hold the image; nothing was left behind.',
  ERR_TUBTHUMP_OCI_NOT_FOUND:
    'Check path and tag: `skopeo inspect oci:LAYOUT:TAG`; copy the image again if a blob is missing.',
  ERR_TUBTHUMP_OCI_INVALID: 'The layout is damaged: copy or export the image again.',
  ERR_TUBTHUMP_OCI_UNSUPPORTED:
    'Take an image that `tubthump oci export` made; `skopeo copy --format oci` converts a copy back.',
  ERR_TUBTHUMP_PACK_INVALID:
    'The pack is damaged or not one of ours: copy it once more, or pack the image again.',
  ERR_TUBTHUMP_PACK_BASE:
    'Give the image that the pack was made against, or a pack of it, with --base.',
  ERR_TUBTHUMP_PACK_ABORTED: 'The caller cancelled it; nothing was left behind.',
  ERR_TUBTHUMP_CAPABILITY:
    'Give the process the capabilities of the service that was dumped, or make the image with fewer.',
  ERR_TUBTHUMP_PID_TAKEN:
    'A copy needs the pids that it had; end the process that has them, or restore in a fresh pid namespace.',
  ERR_TUBTHUMP_NAMESPACE:
    'Run it with the capability that the message names (root has it), or without the option that needs it.',
  ERR_TUBTHUMP_USERFAULTFD:
    'Add CAP_SYS_PTRACE, in a container allow the system call userfaultfd, or restore with --engine eager.',
  ERR_TUBTHUMP_PAGE_SERVER:
    'The copy was ended, for some of its memory was not there yet; restore it again.',
  ERR_TUBTHUMP_HANDOVER_LOST:
    'The process that was to dump this one ended early; nothing was dumped and the service goes on.',
  ERR_TUBTHUMP_HANDOVER_INVALID:
    'Launcher and library are of different versions: install them from one package.',
  ERR_TUBTHUMP_EXEC_FAILED: 'Check the path of the program after `--`.',

  ERR_TUBTHUMP_CHECKPOINT: 'The service goes on; `errors` holds every cause.',
  ERR_TUBTHUMP_RESTORE_HOOKS:
    'The restored service runs; `errors` holds what its afterRestore hooks threw.',
  ERR_TUBTHUMP_BUSY: 'Wait for the checkpoint that is under way.',
  ERR_TUBTHUMP_ABORTED: 'The signal given to checkpointRestore was aborted; the service goes on.',
  ERR_TUBTHUMP_HOOK_TIMEOUT:
    'Make the hook faster, or raise hookTimeoutMs or hooksTimeoutMs for this checkpoint.',
  ERR_TUBTHUMP_WORKER:
    'Import tubthump in the worker, let it not block for long, and let the main thread ask for checkpoints.',
  ERR_TUBTHUMP_DESCRIPTORS:
    'Close what the message lists in a beforeCheckpoint hook, and open it again in afterRestore.',
  ERR_TUBTHUMP_CHILDREN:
    'End them in a beforeCheckpoint hook, or give a policy that closes, reopens or keeps them.',

  ERR_TUBTHUMP_SECRETS:
    'Take them out of the environment with `--scrub`, or drop them in a hook before the checkpoint.',
  ERR_TUBTHUMP_CLUSTER:
    'Checkpoint one process without node:cluster, and start as many copies as there were workers.',
  ERR_TUBTHUMP_POLICY: 'The message names the line and the rule; docs/policies.md has all words.',
  ERR_TUBTHUMP_REOPEN:
    'The process goes on without it: see that the file, address or program is there at the restore.',
  ERR_TUBTHUMP_IO_URING:
    'Start the service with `tubthump run -- node …`, which keeps io_uring out.',
  ERR_TUBTHUMP_LISTEN:
    'Give TUBTHUMP_LISTEN (`--listen`) as PORT, HOST:PORT or PATH, or with several servers as OLD=NEW.',
  ERR_TUBTHUMP_ADDRESS:
    'End what listens there, or give the copy another address: `tubthump restore --listen`.',
  ERR_TUBTHUMP_SETTING:
    'Check what the restore was told of user, group, directory, umask and title: docs/environment.md.',
  ERR_TUBTHUMP_RANDOMNESS:
    'Look for a generator of the application itself, and seed it again in afterRestore.',
  ERR_TUBTHUMP_CLONE:
    'The copies that came up go on; `errors` has the cause for each of the others.',
  ERR_TUBTHUMP_POOL_CLOSED: 'Take copies before the pool is disposed of.',
  ERR_TUBTHUMP_CONTROL:
    'The process must run under `tubthump run --`, or import tubthump, as the same user.',
  ERR_TUBTHUMP_SERVICE_ENDED: 'Look at what the service printed; start it without tubthump once.',
  ERR_TUBTHUMP_NOT_READY:
    'Check that the service listens and answers the --warm URLs; raise --ready-timeout.',
  ERR_TUBTHUMP_BENCH: 'Start the service without tubthump once, and ask for the URL.',
} as const;

export type ErrorCode = keyof typeof HINTS;
