import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FoundCriu, Search } from '../../src/criu/find.js';
import { Host, type HostFacts } from '../../src/doctor/host.js';
import { temporaryDirectory } from '../criu/fixtures.js';

export const ALL_CAPABILITIES = '000001ffffffffff';

export const NO_CRIU: Search = { found: null, refused: [] };

export const GOOD_FOUND: FoundCriu = {
  path: '/opt/criu',
  source: 'PATH',
  version: '4.2.1',
  probe: { ok: true, dumpMs: 30, restoreMs: 20 },
};

export const GOOD_CRIU: Search = { found: GOOD_FOUND, refused: [] };

/** A machine with these files below its root, and whatever else is given. */
export function host(files: Record<string, string> = {}, facts: Partial<HostFacts> = {}): Host {
  const root = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return new Host({
    root,
    environment: { PATH: '' },
    node: '24.21.0',
    search: async () => GOOD_CRIU,
    ...facts,
  });
}

/** /proc/self/status, as far as it is looked at. */
export function processStatus(
  capabilities = ALL_CAPABILITIES,
  seccomp = 0,
): Record<string, string> {
  return { 'proc/self/status': `Name:\tnode\nCapEff:\t${capabilities}\nSeccomp:\t${seccomp}\n` };
}
