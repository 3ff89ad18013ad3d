import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forgetMovedBuild } from '../../scripts/bootstrap/native.mjs';
import { temporaryDirectory } from '../criu/fixtures.js';

test('a build directory is kept where it was configured, and removed where it was moved', () => {
  const home = temporaryDirectory();
  const clone = join(home, 'clone');
  forgetMovedBuild(clone);
  mkdirSync(join(clone, 'build'), { recursive: true });
  writeFileSync(
    join(clone, 'build/CMakeCache.txt'),
    `# made by CMake\nCMAKE_HOME_DIRECTORY:INTERNAL=${clone}/native\nOTHER:BOOL=ON\n`,
  );
  forgetMovedBuild(clone);
  expect(existsSync(join(clone, 'build/CMakeCache.txt'))).toBe(true);

  const moved = join(home, 'moved');
  renameSync(clone, moved);
  forgetMovedBuild(moved);
  expect(existsSync(join(moved, 'build'))).toBe(false);
});
