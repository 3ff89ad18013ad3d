import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProbeMemory } from '../../../src/criu/probe/memory.js';
import { temporaryDirectory } from '../fixtures.js';

const passed = { ok: true, dumpMs: 1, restoreMs: 2 } as const;

function memory() {
  const directory = temporaryDirectory();
  const criu = join(directory, 'criu');
  writeFileSync(criu, 'binary');
  const file = join(directory, 'cache', 'probes.json');
  return { criu, file, memory: new ProbeMemory(file) };
}

test('recalls what it kept', () => {
  const { criu, file, memory: first } = memory();
  first.keep(criu, passed);
  expect(new ProbeMemory(file).recall(criu)).toEqual(passed);
});

test('knows nothing of a binary that was never probed', () => {
  const { criu, memory: empty } = memory();
  expect(empty.recall(criu)).toBeNull();
});

test('forgets a binary that changed', () => {
  const { criu, memory: kept } = memory();
  kept.keep(criu, passed);
  writeFileSync(criu, 'another binary');
  expect(kept.recall(criu)).toBeNull();
});

test('forgets a binary of the same size with another time', () => {
  const { criu, memory: kept } = memory();
  kept.keep(criu, passed);
  utimesSync(criu, 1, 1);
  expect(kept.recall(criu)).toBeNull();
});

test('takes a damaged file for an empty one', () => {
  const { criu, file, memory: kept } = memory();
  kept.keep(criu, passed);
  writeFileSync(file, '{"trunc');
  expect(kept.recall(criu)).toBeNull();
  kept.keep(criu, passed);
  expect(kept.recall(criu)).toEqual(passed);
});

test('drops entries of earlier boots', () => {
  const { criu, file, memory: kept } = memory();
  kept.keep(criu, passed);
  writeFileSync(file, JSON.stringify({ 'another-boot 6.1 0 ff /criu 1 1': passed }));
  kept.keep(criu, passed);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toHaveLength(1);
});

test('does without a cache that cannot be written', () => {
  const { criu } = memory();
  const nowhere = new ProbeMemory('/dev/null/probes.json');
  nowhere.keep(criu, passed);
  expect(nowhere.recall(criu)).toBeNull();
});
