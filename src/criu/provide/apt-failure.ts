import type { ErrorCode } from '../../errors/index.js';
import { TubthumpError } from '../../errors/index.js';
import type { RunResult } from '../../process/run.js';

/** What apt and dpkg print in the C locale, first match wins. */
const CAUSES: ReadonlyArray<readonly [RegExp, ErrorCode, string]> = [
  [
    /No space left on device|don't have enough free space|write error/i,
    'ERR_TUBTHUMP_SETUP_SPACE',
    'no space left for the download',
  ],
  [
    /NO_PUBKEY|is not signed|couldn't be verified|Hash Sum mismatch|could not be authenticated|unauthenticated|BADSIG|EXPKEYSIG|invalid signature/i,
    'ERR_TUBTHUMP_SETUP_UNTRUSTED',
    'apt does not trust what it got',
  ],
  [
    /is expired \(invalid since|is not valid yet/,
    'ERR_TUBTHUMP_SETUP_MIRROR',
    "the mirror is out of date, or this machine's clock is wrong",
  ],
  [
    /does not have a Release file|Unable to locate package/,
    'ERR_TUBTHUMP_SETUP_MIRROR',
    'the mirror does not carry what is needed',
  ],
  [
    /Could not resolve|Could not connect|Temporary failure|Failed to fetch|Connection (failed|timed out|refused)|Unable to connect|Network is unreachable/i,
    'ERR_TUBTHUMP_SETUP_NETWORK',
    'the mirror cannot be reached',
  ],
];

/** Turns what apt or dpkg-deb complained about into an error with a remedy. */
export function aptFailure(what: string, { stderr, timedOut }: RunResult): TubthumpError {
  if (timedOut) {
    return new TubthumpError('ERR_TUBTHUMP_SETUP_NETWORK', `${what}: took too long and was ended`);
  }
  const [, code, text] = CAUSES.find(([pattern]) => pattern.test(stderr)) ?? [];
  return new TubthumpError(
    code ?? 'ERR_TUBTHUMP_SETUP_FAILED',
    `${what}: ${text ?? firstComplaint(stderr)}`,
    { log: stderr.trim() },
  );
}

function firstComplaint(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return (lines.find((line) => /^E:|error/i.test(line)) ?? lines[0]) || 'no reason given';
}
