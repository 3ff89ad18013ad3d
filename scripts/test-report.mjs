// @ts-check
// What vitest's JSON report says: counts, and tests that were skipped although nobody expected it.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './bootstrap/run.mjs';

/** Written by test.mjs, relative to the repository. */
export const REPORT = '.bootstrap/vitest.json';
/** Tests that may be skipped: {"file > full name": "reason"}. */
const EXPECTED = 'test/expected-skips.json';

/**
 * @typedef {{ status: string, fullName: string }} Test
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: { name: string, assertionResults: Test[] }[] }} Report
 */

/**
 * @param {string} [root] of the repository
 * @returns {{ passed: number, failed: number, complaints: string[] }}
 */
export function judge(root = ROOT) {
  const file = join(root, REPORT);
  if (!existsSync(file)) return { passed: 0, failed: 0, complaints: ['vitest wrote no report'] };
  const report = /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')));
  const expected = JSON.parse(readFileSync(join(root, EXPECTED), 'utf8'));
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ status, fullName }) => ({ status, id: `${relative(root, name)} > ${fullName}` })),
  );
  const complaints = skipped
    .filter(({ id }) => !(id in expected))
    .map(({ status, id }) => `unexpected ${status} test: ${id} (see ${EXPECTED})`);
  if (report.numPassedTests === 0) complaints.push('no test passed');
  return { passed: report.numPassedTests, failed: report.numFailedTests, complaints };
}
