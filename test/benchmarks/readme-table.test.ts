import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { README, README_RESULT, withTable } from '../../benchmarks/readme.mjs';
import { statisticsOf } from '../../benchmarks/result.mjs';

const result = JSON.parse(readFileSync(README_RESULT, 'utf8'));

describe("the README's table", () => {
  it('is what `npm run bench:report` makes of the committed samples', () => {
    const readme = readFileSync(README, 'utf8');
    expect(readme).toBe(withTable(readme, result));
  });

  it('shows every row that was measured, in the committed result', () => {
    const readme = readFileSync(README, 'utf8');
    for (const { title } of result.trials) expect(readme).toContain(`| ${title} `);
    expect(statisticsOf(result)).toEqual(result.statistics);
  });

  it('is refused a text without markers', () => {
    expect(() => withTable('# tubthump', result)).toThrow(/bench:start/);
  });
});
