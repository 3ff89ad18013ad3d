import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matchesLock } from '../../scripts/bootstrap/npm-packages.mjs';
import { temporaryDirectory } from '../criu/fixtures.js';

const WANTED = {
  '': { name: 'root' },
  benchmarks: { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'x' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};

/** A package with a lock file, and with this installed. */
function directoryWith(installed: Record<string, object> | null): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  if (!installed) return directory;
  mkdirSync(join(directory, 'node_modules/a'), { recursive: true });
  const hidden = join(directory, 'node_modules/.package-lock.json');
  writeFileSync(hidden, JSON.stringify({ packages: installed }));
  return directory;
}

test.each([
  ['nothing installed', null, false],
  [
    'all that this platform needs',
    { 'node_modules/a': { version: '1.0.0', integrity: 'x' } },
    true,
  ],
  ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }, false],
  ['another content', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }, false],
  ['a package missing', {}, false],
])('%s: matches %s', (_, installed, expected) => {
  expect(matchesLock(directoryWith(installed))).toBe(expected);
});
