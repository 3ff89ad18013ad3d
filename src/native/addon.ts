/** The surface of the C++ addon. Arguments are validated here in TypeScript, never in C++. */
export interface Addon {
  /**
   * Hands this process over to a dump agent and blocks the JS thread until it goes on: in the
   * original, or in a restored copy.
   * @param request JSON, see native/core/dump/request.h
   * @param channel our end of the launcher's channel, or -1 to start `agent`
   * @param agent path of the launcher executable
   * @param parked descriptors that are kept meanwhile, 61 at most; in a copy they are /dev/null
   * @returns JSON, see engine/criu/answer.ts
   * @throws Error with `code` ERR_TUBTHUMP_HANDOVER_LOST, _EXEC_FAILED or _SYSTEM
   */
  handover(request: string, channel: number, agent: string, parked: readonly number[]): string;
  /** Mixes 48 fresh bytes of getrandom(2) into OpenSSL's generators. */
  reseed(): void;
  /** malloc_trim(3). @returns whether memory was given back */
  trimMemory(): boolean;
  /**
   * dup3(2): `number` refers to what `from` does, and is closed on exec.
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM
   */
  replaceDescriptor(from: number, number: number): void;
  /**
   * Opens `path` and puts it on the descriptor `number`, at `offset` in bytes.
   * @param flags as open(2) takes them; O_CLOEXEC is added
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM
   */
  reopenFile(path: string, flags: number, mode: number, offset: number, number: number): void;
  /** Address family of a socket, an AF_ number. @throws Error with `code` ERR_TUBTHUMP_SYSTEM */
  socketDomain(fd: number): number;
  /**
   * A TCP socket on an address that other processes share (SO_REUSEPORT), bound, not listening yet.
   * @param host a numeric address
   * @returns the descriptor, the caller's to close
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM
   */
  bindShared(host: string, port: number, v6Only: boolean): number;
  /**
   * Connected unix sockets: inode and inode of the peer (0: closed), flat.
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM, where the kernel has no unix_diag
   */
  unixPeers(): readonly number[];
  /**
   * Overwrites every occurrence of the patterns in this process's memory, also those given here, with
   * asterisks. Longest first.
   * @returns addresses and indexes of patterns by turns, for `putBack`
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM
   */
  wipe(patterns: readonly Uint8Array[]): Float64Array;
  /** Undoes `wipe` where the asterisks still stand. @returns in how many places */
  putBack(patterns: readonly Uint8Array[], found: Float64Array): number;
  /**
   * Whether the files of an image still hold what they held when it was made: reads them all.
   * @returns how many have a checksum
   * @throws (rejects) Error with `code` ERR_TUBTHUMP_IMAGE_INVALID naming the file
   */
  checkBytes(directory: string): Promise<number>;
  /**
   * Packs an image. All paths are absolute.
   * @param base directory of the base image, or empty
   * @param level 1 to 22, of zstd
   * @param jobs threads
   */
  pack(
    directory: string,
    file: string,
    base: string,
    level: number,
    jobs: number,
  ): NativePackOperation;
  /** The opposite. @param publicKey PEM file of the key that the image is signed with, or empty */
  unpack(
    file: string,
    directory: string,
    base: string,
    publicKey: string,
    jobs: number,
  ): NativePackOperation;
  /** Instruction sets of this processor: native/core/process/cpu.h. */
  cpuFeatures(): string[];
  /**
   * User id of the process that connected a Unix socket (SO_PEERCRED, unix(7)).
   * @throws Error with `code` ERR_TUBTHUMP_SYSTEM
   */
  peerUser(fd: number): number;

  /**
   * Starts `criu swrk`; it waits for its request.
   * @param environment "NAME=value", added to ours
   * @param inherit descriptors that it gets; `NativeSession.inherited` has their numbers there
   * @param stderr descriptor for its stderr, or -1 for `NativeSession.logText`
   * @param detached by a double fork; otherwise it is our child, for `waitChild` to reap
   * @throws (rejects) ERR_TUBTHUMP_CRIU_SPAWN, ERR_TUBTHUMP_SYSTEM
   */
  spawnSwrk(
    criu: string,
    environment: readonly string[],
    inherit: readonly number[],
    stderr: number,
    detached: boolean,
  ): Promise<NativeSession>;
  /**
   * Connects to the socket of `criu service`.
   * @throws (rejects) ERR_TUBTHUMP_RPC_CONNECT, _TIMEOUT, ERR_TUBTHUMP_SYSTEM
   */
  connectService(path: string, timeoutMs: number): Promise<NativeSession>;
  /**
   * Reaps one child, whenever it ends; other children are left alone.
   * @throws (at once or rejects) ERR_TUBTHUMP_SYSTEM when there is no such child
   */
  waitChild(pid: number): Promise<{ readonly status: number; readonly signal: number }>;
  /**
   * Starts a page server, a child of ours, for one restore with `lazyPages` of what is in `imagesDir`.
   * @param launcher path of the launcher executable
   * @throws (rejects) ERR_TUBTHUMP_IMAGE_MISSING, _IMAGE_INVALID, _USERFAULTFD, _EXEC_FAILED, _SYSTEM
   */
  serveLazyPages(launcher: string, imagesDir: string): Promise<NativeLazyPages>;
}

/** A page server at work. While it is, this process holds what keeps its death from going unseen. */
export interface NativeLazyPages {
  readonly pid: number;
  /** Where CRIU finds it. */
  readonly workDir: string;
  /** Waits until no page can be zero by mistake. @returns false when the server has ended */
  held(): Promise<boolean>;
  /**
   * From now on `pid` and all below it are killed when the server is lost.
   * @throws ERR_TUBTHUMP_PAGE_SERVER when it is lost already: they were killed
   */
  protect(pid: number): void;
  /** It is not guarded any more; one that CRIU has not found ends. */
  letGo(): void;
  /** SIGKILL. */
  end(): void;
  /** @throws (rejects) ERR_TUBTHUMP_PAGE_SERVER and other codes: what it served lacks pages */
  readonly exited: Promise<void>;
}

/** Packing or unpacking that is under way, on threads of its own. */
export interface NativePackOperation {
  /**
   * Bytes; see pack/figures.ts.
   * @throws (rejects) ERR_TUBTHUMP_PACK_INVALID, _PACK_BASE, _PACK_ABORTED, ERR_TUBTHUMP_IMAGE_…
   */
  readonly result: Promise<{
    readonly files: number;
    readonly bytes: number;
    readonly data: number;
    readonly shared: number;
    readonly packed: number;
  }>;
  /** Bytes; a total of 0 is not known yet. */
  progress(): { readonly done: number; readonly total: number };
  /** Makes it fail with ERR_TUBTHUMP_PACK_ABORTED soon, if it has not ended. */
  cancel(): void;
}

/**
 * One connection to CRIU. Nothing here blocks the JS thread: what waits does so on a thread of its
 * own, and keeps the event loop alive meanwhile. One `send` and one `receive` at a time. Closed when
 * it is garbage.
 */
export interface NativeSession {
  /** Of swrk, 0 for a service. */
  readonly pid: number;
  /** Numbers of the inherited descriptors in swrk's own table, in the order given. */
  readonly inherited: readonly number[];
  /**
   * One message, one packet.
   * @param timeoutMs for ever when negative
   * @throws (rejects) ERR_TUBTHUMP_RPC_CLOSED, _TIMEOUT, _ABORTED, ERR_TUBTHUMP_SYSTEM
   */
  send(bytes: Uint8Array, timeoutMs: number): Promise<void>;
  /**
   * The next packet, with descriptors that now are the caller's to close.
   * @throws (rejects) ERR_TUBTHUMP_RPC_CLOSED, _GARBAGE, _TIMEOUT, _ABORTED, ERR_TUBTHUMP_SYSTEM
   */
  receive(timeoutMs: number): Promise<{ readonly bytes: Buffer; readonly fds: number[] }>;
  /** What swrk has written to stderr so far. */
  logText(): string;
  /** Ends what is pending, and all that follows, with ERR_TUBTHUMP_RPC_ABORTED. */
  cancel(): void;
  /** SIGKILL to swrk; nothing to a service. */
  kill(): void;
  /** Gives up the pidfd of swrk, which CRIU cannot dump: from then on `kill` does nothing. */
  unwatch(): void;
  /** Cancels, and gives up the descriptors. */
  close(): void;
}
