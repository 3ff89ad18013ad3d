import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { RequestType } from '../../src/rpc/codec.js';
import { criu_req } from '../../src/rpc/generated/rpc.js';
import { CriuClient, type IterativeDumpOptions } from '../../src/rpc/index.js';
import { temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, FAKE_SWRK, noneLeft } from './fake-swrk.js';

afterEach(async () => {
  expect(await noneLeft()).toBe(true);
});

/** A CRIU whose pre-dumps, and the dump at last, write so many pages. */
function dump(pages: string, options: Partial<IterativeDumpOptions> = {}) {
  const environment = { FAKE_SWRK: 'iterations', FAKE_PAGES: pages };
  const imagesDir = options.imagesDir ?? temporaryDirectory();
  const client = new CriuClient({ criu: FAKE_SWRK, environment });
  return { imagesDir, result: client.dumpIteratively({ pid: 1, imagesDir, ...options }) };
}

/** What CRIU was asked for in each of the directories. */
function requestsIn(imagesDir: string) {
  return readdirSync(imagesDir)
    .sort()
    .map((name) => {
      const { type, opts } = criu_req.decode(readFileSync(join(imagesDir, name, 'request')));
      return { name, type, opts };
    });
}

test('pre-dumps follow each other on one connection until little is written, then the dump', async () => {
  const { imagesDir, result } = dump('1000 500 63 7', { leaveRunning: true });
  const { preDumps, ...last } = await result;
  expect(preDumps.map(({ statistics }) => statistics?.pagesWritten)).toEqual([1000, 500, 63]);
  expect(last).toMatchObject({
    ...{ imagesDir: join(imagesDir, '4'), restored: false },
    statistics: { pagesWritten: 7 },
  });
  const { PRE_DUMP, DUMP } = RequestType;
  const requests = requestsIn(imagesDir);
  expect(requests.map(({ type }) => type)).toEqual([PRE_DUMP, PRE_DUMP, PRE_DUMP, DUMP]);
  expect(requests.map(({ opts }) => opts?.parentImg)).toEqual(['', '../1', '../2', '../3']);
  for (const { opts } of requests) expect(opts).toMatchObject({ pid: 1, trackMem: true });
  // A pre-dump always goes on: it does not take the option.
  expect(requests.map(({ opts }) => opts?.leaveRunning)).toEqual([false, false, false, true]);
});

test.each([
  ['the tree writes more than before', '1000 400 432 9', {}, 3],
  ['there were enough of them', '1000 900 9', { maxIterations: 2 }, 2],
  ['that is enough', '1000 900 9', { enoughPages: 901 }, 2],
  ['there were eight', '1000 900 800 700 600 500 400 300 9', {}, 8],
])('the last pre-dump is the one after which %s', async (_, pages, options, count) => {
  const { preDumps, statistics } = await dump(pages, options).result;
  expect(preDumps).toHaveLength(count);
  expect(statistics?.pagesWritten).toBe(9);
});

test('each iteration has a page server of its own, which is told the one before', async () => {
  const asked: unknown[] = [];
  const { imagesDir, result } = dump('10 5', {
    pageServer: async (iteration) => {
      asked.push(iteration);
      return { address: '10.0.0.2', port: 7000 + asked.length };
    },
  });
  await result;
  expect(asked).toEqual([{ name: '1' }, { name: '2', parentImg: '../1' }]);
  expect(requestsIn(imagesDir).map(({ opts }) => opts?.ps?.port)).toEqual([7001, 7002]);
});

test('one that fails ends them: no dump follows, and the tree goes on', async () => {
  const { imagesDir, result } = dump('1000 -1 7');
  const error = await errorOf(result);
  expect(error.code).toBe('ERR_TUBTHUMP_DUMP_FAILED');
  expect(error.message).toContain('pre-dump 2 of pid 1');
  expect(requestsIn(imagesDir)).toHaveLength(2);
});

test.each([
  [{ parentImg: '../0' }, 'is set for each iteration'],
  [{ maxIterations: 0 }, 'Expected `maxIterations` to be an integer from 1'],
  [{ pageServer: { address: 'x', port: 1 } }, 'Expected `pageServer` to be a function'],
  [{ leaveRuning: true }, 'did you mean `leaveRunning`'],
  [{ pageServer: () => ({ fd: 7 }) }, '`pageServer` has to return an address'],
])('%j is refused', async (options, message) => {
  const { imagesDir, result } = dump('1000 7', options as Partial<IterativeDumpOptions>);
  expect((await errorOf(result)).message).toContain(message);
  expect(existsSync(join(imagesDir, '1', 'request'))).toBe(false);
});

test('what is there already is not written over', async () => {
  const imagesDir = temporaryDirectory();
  mkdirSync(join(imagesDir, '1'));
  const error = await errorOf(dump('10 5', { imagesDir }).result);
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
  expect(error.message).toContain('cannot make the directory');
});
