import { readFileSync } from 'node:fs';

const LINES = 40;

/** The end of a log file, or an empty string when CRIU did not get as far as writing one. */
export function logTail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LINES).join('\n');
  } catch {
    return '';
  }
}

/** The first error that explains something: CRIU always complains about RLIMIT_NOFILE in containers, and goes on. */
export function firstError(log: string): string | undefined {
  return log
    .split('\n')
    .find((line) => /\bError \(/.test(line) && !line.includes('RLIMIT_NOFILE'))
    ?.replace(/^\(.*?\)\s*/, '')
    .trim();
}
