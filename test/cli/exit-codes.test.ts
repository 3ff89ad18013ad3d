import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT, exitStatusOf } from '../../src/cli/exit-codes.js';
import { HINTS } from '../../src/errors/index.js';

test.each([
  ['ERR_TUBTHUMP_USAGE', 64],
  ['ERR_TUBTHUMP_IMAGE_INVALID', 65],
  ['ERR_TUBTHUMP_IMAGE_MISSING', 66],
  ['ERR_TUBTHUMP_CRIU_NOT_FOUND', 69],
  ['ERR_TUBTHUMP_DUMP_FAILED', 70],
  ['ERR_TUBTHUMP_SYSTEM', 71],
  ['ERR_TUBTHUMP_IMAGE_PUBLISH', 73],
  ['ERR_TUBTHUMP_CHECKPOINT', 75],
  ['ERR_TUBTHUMP_EXEC_FAILED', 127],
  ['ENOENT', 1],
  ['toString', 1],
])('%s is %i', (code, status) => {
  expect(exitStatusOf(code)).toBe(status);
});

test('only a defect of our own is a plain failure', () => {
  const plain = Object.keys(HINTS).filter((code) => exitStatusOf(code) === EXIT.failure);
  expect(plain).toEqual(['ERR_TUBTHUMP_INTERNAL']);
});

test('the launcher ends with the same status for every error that it knows', () => {
  const table = readFileSync('native/core/error/codes.def', 'utf8');
  const rows = [...table.matchAll(/^X\(\w+, "(\w+)", (\d+), /gm)];
  expect(rows.length).toBeGreaterThan(15);
  for (const [, code, status] of rows) {
    expect(`${code} ${exitStatusOf(code as string)}`).toBe(`${code} ${status}`);
  }
});

test('every status belongs to an error, or says that all went well', () => {
  const used = new Set<number>(Object.keys(HINTS).map(exitStatusOf));
  expect(Object.values(EXIT).filter((status) => !used.has(status))).toEqual([EXIT.ok]);
});
