/** Exit statuses of the commands, in the manner of sysexits.h. The launcher uses the same. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 64,
  imageInvalid: 65,
  imageMissing: 66,
  unavailable: 69,
  criuFailed: 70,
  systemCall: 71,
  imageNotWritten: 73,
  refused: 75,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** First match wins; what is not listed is a plain failure. */
const BY_CODE: ReadonlyArray<readonly [RegExp, ExitStatus]> = [
  [/_(USAGE|OPTIONS)$/, EXIT.usage],
  [/_IMAGE_MISSING$/, EXIT.imageMissing],
  [/_IMAGE_PUBLISH$/, EXIT.imageNotWritten],
  [/_IMAGE_/, EXIT.imageInvalid],
  [/_(PLATFORM|ADDON)$|_CRIU_(NOT_FOUND|PROBE)$|_SETUP_/, EXIT.unavailable],
  [/_CRIU_SPAWN$|_RPC_|_DUMP_FAILED$|_RESTORE_FAILED$/, EXIT.criuFailed],
  [/_SYSTEM$/, EXIT.systemCall],
  [/_(CHECKPOINT|BUSY|ABORTED|HOOK_TIMEOUT|DESCRIPTORS|IO_URING)$|_HANDOVER_/, EXIT.refused],
];

export function exitStatusOf(code: string): ExitStatus {
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? EXIT.failure;
}
