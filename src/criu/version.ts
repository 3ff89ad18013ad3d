import { run } from '../process/run.js';

export interface CriuVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * Older versions cannot dump a process with an inet socket on kernels >= 6.16 (SO_PASSCRED), and
 * those before 4.0 do not start on kernels with the new vDSO layout.
 */
export const MINIMUM: CriuVersion = { major: 4, minor: 2, patch: 0 };

/** Reads what `criu --version` prints ("Version: 4.2.1"); null when it is something else. */
export function parseVersion(text: string): CriuVersion | null {
  const match = /^Version:\s*v?(\d+)\.(\d+)(?:\.(\d+))?/m.exec(text);
  if (!match) return null;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) };
}

export function isAtLeast(version: CriuVersion, minimum: CriuVersion): boolean {
  const difference =
    version.major - minimum.major || version.minor - minimum.minor || version.patch - minimum.patch;
  return difference >= 0;
}

export function formatVersion({ major, minor, patch }: CriuVersion): string {
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/**
 * Asks a binary for its version. Returns a sentence instead when it does not start or does not
 * answer like CRIU.
 */
export async function readVersion(criu: string): Promise<CriuVersion | string> {
  try {
    const result = await run(criu, ['--version'], { timeoutMs: 5_000, group: true });
    if (result.timedOut) return 'does not answer to --version within 5 s';
    const version = parseVersion(result.stdout);
    if (version) return version;
    return `does not answer to --version like CRIU: ${firstLine(result.stderr || result.stdout)}`;
  } catch (error) {
    return `cannot be started (${(error as NodeJS.ErrnoException).code ?? error})`;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] || 'no output';
}
