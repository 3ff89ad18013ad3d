import { readFileSync } from 'node:fs';

const LINES = 40;

/** Errors that CRIU logs also when all goes well; native/core/rpc/criu_log.cpp has the same list. */
const HARMLESS = [
  // Without CAP_SYS_RESOURCE; CRIU goes on with the limit it has.
  "Can't setup RLIMIT_NOFILE",
  // The last lines of every failure: true, but no reason.
  'Dumping FAILED',
  'Restoring FAILED',
  // What a program that CRIU started came to, after what it wrote itself.
  '): exited, status=',
];

const ERROR = /Error \((.*?)\): (.*)/;

/** The end of a log file, or an empty string when CRIU did not get as far as writing one. */
export function logTail(path: string): string {
  try {
    return tail(readFileSync(path, 'utf8'));
  } catch {
    return '';
  }
}

export function tail(log: string): string {
  return log.trimEnd().split('\n').slice(-LINES).join('\n');
}

/**
 * The first line that is a real error, without time stamp, pid and directory:
 * "Error (criu/files-reg.c:2121): …" becomes "files-reg.c:2121: …".
 */
export function firstError(log: string): string | undefined {
  const line = log.split('\n').find((it) => ERROR.test(it) && !isHarmless(it));
  return line && withoutPrefix(line);
}

/** One line of the log, of whatever level, in that form. */
export function withoutPrefix(line: string): string {
  const [, place, text] = ERROR.exec(line) ?? /Warn +\((.*?)\): (.*)/.exec(line) ?? [];
  if (place === undefined) return line.replace(/^(\(\d+\.\d+\))?[\s\d:]*/, '');
  return `${place.slice(place.lastIndexOf('/') + 1)}: ${text}`;
}

/** For `cr_errmsg`, which is the first error logged, harmless or not. */
export function isHarmless(line: string): boolean {
  return HARMLESS.some((known) => line.includes(known));
}
