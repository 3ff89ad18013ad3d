import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CriuCache, criuCache } from '../../src/criu/cache.js';
import { findCriu } from '../../src/criu/find.js';
import { checkRoundTrips } from '../images/round-trips.js';

/** A directory that is removed when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-test-'));
  onTestFinished(() => {
    try {
      checkRoundTrips(directory);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
  return directory;
}

/** A cache that no other test sees. */
export function temporaryCache(): CriuCache {
  return criuCache({ XDG_CACHE_HOME: temporaryDirectory() });
}

/** The CRIU that `tubthump setup` chose: `npm test` runs it before the tests. */
export async function realCriu(): Promise<string> {
  const { found } = await findCriu();
  if (!found) throw new Error('no CRIU here: run `tubthump setup`');
  return found.path;
}

/** An executable shell script. */
export function script(body: string, name = 'criu'): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A CRIU that names itself 4.2.1 and does `body` for everything else. */
export function fakeCriu(body: string): string {
  return script(`[ "$1" = --version ] && { echo "Version: 4.2.1"; exit 0; }\n${body}`);
}
