import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judge, REPORT } from '../../scripts/test-report.mjs';
import { temporaryDirectory } from '../criu/fixtures.js';

/** A repository whose last test run had tests of these states. */
function repository(states: string[], expected: Record<string, string> = {}): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, '.bootstrap'));
  mkdirSync(join(root, 'test'));
  const assertionResults = states.map((status, index) => ({ status, fullName: `test ${index}` }));
  const report = {
    numPassedTests: states.filter((status) => status === 'passed').length,
    numFailedTests: states.filter((status) => status === 'failed').length,
    testResults: [{ name: join(root, 'test/a.test.ts'), assertionResults }],
  };
  writeFileSync(join(root, REPORT), JSON.stringify(report));
  writeFileSync(join(root, 'test/expected-skips.json'), JSON.stringify(expected));
  return root;
}

test('counts, and has nothing to complain about', () => {
  expect(judge(repository(['passed', 'passed', 'failed']))).toEqual({
    passed: 2,
    failed: 1,
    complaints: [],
  });
});

test.each(['pending', 'todo', 'skipped', 'disabled'])('a %s test is a complaint', (state) => {
  expect(judge(repository(['passed', state])).complaints).toEqual([
    `unexpected ${state} test: test/a.test.ts > test 1 (see test/expected-skips.json)`,
  ]);
});

test('a skip that is expected is none', () => {
  const root = repository(['passed', 'skipped'], { 'test/a.test.ts > test 1': 'why' });
  expect(judge(root).complaints).toEqual([]);
});

test('a run without a passed test is a complaint', () => {
  expect(judge(repository([])).complaints).toEqual(['no test passed']);
});

test('a run without a report is a complaint', () => {
  expect(judge(temporaryDirectory()).complaints).toEqual(['vitest wrote no report']);
});
