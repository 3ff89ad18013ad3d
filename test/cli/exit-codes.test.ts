import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT, exitStatusOf } from '../../src/cli/exit-codes.js';

test.each([
  ['ERR_TUBTHUMP_USAGE', 64],
  ['ERR_TUBTHUMP_IMAGE_INVALID', 65],
  ['ERR_TUBTHUMP_IMAGE_MISMATCH', 65],
  ['ERR_TUBTHUMP_IMAGE_MISSING', 66],
  ['ERR_TUBTHUMP_PLATFORM', 69],
  ['ERR_TUBTHUMP_CRIU_NOT_FOUND', 69],
  ['ERR_TUBTHUMP_CRIU_PROBE', 69],
  ['ERR_TUBTHUMP_SETUP_NETWORK', 69],
  ['ERR_TUBTHUMP_CRIU_SPAWN', 70],
  ['ERR_TUBTHUMP_DUMP_FAILED', 70],
  ['ERR_TUBTHUMP_RPC_CLOSED', 70],
  ['ERR_TUBTHUMP_SYSTEM', 71],
  ['ERR_TUBTHUMP_IMAGE_PUBLISH', 73],
  ['ERR_TUBTHUMP_OPTIONS', 64],
  ['ERR_TUBTHUMP_ADDON', 69],
  ['ERR_TUBTHUMP_RPC_ABORTED', 70],
  ['ERR_TUBTHUMP_CHECKPOINT', 75],
  ['ERR_TUBTHUMP_ABORTED', 75],
  ['ERR_TUBTHUMP_BUSY', 75],
  ['EANYTHING', 1],
])('%s is %i', (code, status) => {
  expect(exitStatusOf(code)).toBe(status);
});

test('every error of the native core has a status other than plain failure, or is known to have none', () => {
  const table = readFileSync('native/core/error/codes.def', 'utf8');
  const plain = [...table.matchAll(/"(ERR_TUBTHUMP_\w+)"/g)]
    .map(([, code]) => code as string)
    .filter((code) => exitStatusOf(code) === EXIT.failure);
  expect(plain).toEqual(['ERR_TUBTHUMP_PID_TAKEN', 'ERR_TUBTHUMP_EXEC_FAILED']);
});
