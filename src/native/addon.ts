/** The surface of the C++ addon. Arguments are validated here in TypeScript, never in C++. */
export interface Addon {
  /**
   * Hands this process over to a dump agent and blocks the JS thread until it goes on: in the
   * original, or in a restored copy.
   * @param request JSON, see native/core/dump/request.h
   * @param channel our end of the launcher's channel, or -1 to start `agent`
   * @param agent path of the launcher executable
   * @returns JSON, see engine/criu/answer.ts
   * @throws Error with `code` ERR_TUBTHUMP_HANDOVER_LOST, _EXEC_FAILED or _SYSTEM
   */
  handover(request: string, channel: number, agent: string): string;
  /** Mixes 48 fresh bytes of getrandom(2) into OpenSSL's generators. */
  reseed(): void;
  /** malloc_trim(3). @returns whether memory was given back */
  trimMemory(): boolean;
}
