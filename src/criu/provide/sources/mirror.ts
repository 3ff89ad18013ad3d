import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TubthumpError } from '../../../errors/index.js';
import { parseDeb822 } from './deb822.js';
import { parseOneLine } from './one-line.js';
import type { AptSource } from './source.js';

/** Where this system gets Debian packages from. */
export interface Mirror {
  readonly uri: string;
  /** Keyring path, fingerprint or armored key that signs it; undefined: apt's trusted keys. */
  readonly signedBy: string | undefined;
}

/** Suites of the main archive. Third-party archives use names of their own, or these with other components. */
const DEBIAN_SUITES =
  /^(bullseye|bookworm|trixie|forky|duke|sid|(old)*stable|testing|unstable)(-updates)?$/;

// Debian renamed its keyring with trixie.
const KEYRINGS = ['debian-archive-keyring.pgp', 'debian-archive-keyring.gpg'];

/**
 * Chooses the mirror of Debian's main archive among the system's own sources.
 * Security archives are passed over: they do not carry the suite that we need.
 *
 * @param root directory that stands for `/`, for tests
 * @throws ERR_TUBTHUMP_SETUP_MIRROR when the system has none
 */
export function systemMirror(root = '/'): Mirror {
  const source = aptSources(join(root, 'etc/apt')).find(isDebianArchive);
  const uri = source?.uris.find(isUsable);
  if (!source || !uri) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_SETUP_MIRROR',
      "no mirror of Debian's main archive in apt's configuration",
    );
  }
  return { uri, signedBy: source.signedBy ?? systemKeyring(root) };
}

function aptSources(etc: string): AptSource[] {
  const parts = join(etc, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).sort() : [];
  return [
    ...parseOneLine(readIfThere(join(etc, 'sources.list'))),
    ...names.flatMap((name) => {
      if (name.endsWith('.sources')) return parseDeb822(readIfThere(join(parts, name)));
      return name.endsWith('.list') ? parseOneLine(readIfThere(join(parts, name))) : [];
    }),
  ];
}

function isDebianArchive({ types, uris, suites, components }: AptSource): boolean {
  return (
    types.includes('deb') &&
    components.includes('main') &&
    suites.some((suite) => DEBIAN_SUITES.test(suite)) &&
    uris.some(isUsable)
  );
}

function isUsable(uri: string): boolean {
  return !/^cdrom:/.test(uri) && !/security\/?$/.test(uri);
}

function systemKeyring(root: string): string | undefined {
  return KEYRINGS.map((name) => join(root, 'usr/share/keyrings', name)).find(existsSync);
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
