import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { criuCache } from '../../../src/criu/cache.js';
import { provideProto } from '../../../src/criu/provide/proto.js';
import { provideCriu } from '../../../src/criu/provide/provide.js';
import { setup } from '../../../src/criu/setup.js';
import { temporaryCache, temporaryDirectory } from '../fixtures.js';

test('two runs at once unpack one CRIU, which works with nothing but its own libraries', async () => {
  const cache = temporaryCache();
  // What a run that was killed leaves behind.
  mkdirSync(join(cache.prefixes, '.unfinished-killed', 'apt'), { recursive: true });
  const lines: string[] = [];
  const progress = (line: string) => void lines.push(line);
  const [path, same] = await Promise.all([
    provideCriu(cache, progress),
    provideCriu(cache, progress),
  ]);

  expect(same).toBe(path);
  expect(lines.filter((line) => line.startsWith('downloading'))).toHaveLength(1);
  const version = readlinkSync(cache.current);
  expect(readdirSync(cache.prefixes).sort()).toEqual([version, 'current'].sort());
  const prefix = join(cache.prefixes, version);
  const loader = join(prefix, 'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2');
  const libraries = execFileSync(loader, ['--list', path], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('=>'));
  expect(libraries.length).toBeGreaterThan(5);
  for (const line of libraries) expect(line).toContain(`=> ${prefix}/`);

  // From here on it is the last rung of the ladder.
  const environment = { PATH: '/nowhere', XDG_CACHE_HOME: join(cache.root, '..') };
  const result = await setup({ environment });
  expect(result.criu).toMatchObject({ source: 'private prefix', probe: { ok: true } });
  expect(readFileSync(cache.chosen, 'utf8')).toBe(`${path}\n`);
}, 180_000);

test("CRIU's protocol definition is fetched, and nothing else of its package", async () => {
  const cache = temporaryCache();
  const path = await provideProto(cache, () => {});
  expect(readFileSync(path, 'utf8')).toContain('message criu_req');
  expect(readdirSync(join(cache.root, 'libcriu-dev'))).toEqual(['rpc.proto']);
}, 180_000);

test('a full disk is found out before the download', async () => {
  const directory = smallFilesystem('8m');
  const cache = criuCache({ XDG_CACHE_HOME: directory });
  await expect(provideCriu(cache, () => {})).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_SETUP_SPACE',
    message: expect.stringContaining('100 MB needed'),
  });
});

/** A tmpfs that is gone when the test ends; tests run as root, as CRIU does. */
function smallFilesystem(size: string): string {
  const directory = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tubthump-test', directory]);
  onTestFinished(() => void execFileSync('umount', [directory]));
  return directory;
}
