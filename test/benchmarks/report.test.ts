import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plotsOf } from '../../benchmarks/plots.mjs';
import {
  CLONES_PAGE,
  PAGE,
  PERFORMANCE_PAGE,
  README,
  reportFiles,
  results,
  withSection,
} from '../../benchmarks/report.mjs';
import { statisticsOf } from '../../src/bench/result.js';

describe('the report', () => {
  it('is in README and docs as `npm run bench:report` makes it of the committed samples', async () => {
    const files = await reportFiles();
    expect([...files.keys()]).toEqual(expect.arrayContaining([README, PAGE, CLONES_PAGE]));
    expect(files.size).toBeGreaterThan(3);
    for (const [path, content] of files) expect(readFileSync(path, 'utf8'), path).toBe(content);
  });

  it.each([
    ['readme', README],
    ['matrix', PAGE],
  ] as const)('shows every row of the %s that was measured, with its statistics', (name, page) => {
    const result = results[name]();
    const text = readFileSync(page, 'utf8');
    expect(result.trials.length).toBeGreaterThan(5);
    for (const { title } of result.trials) expect(text).toContain(`| ${title} `);
    expect(statisticsOf(result)).toEqual(result.statistics);
  });

  it('shows every number of clones, and every way to have so many', () => {
    const { samples, ways } = results.clones();
    const text = readFileSync(CLONES_PAGE, 'utf8');
    const cells = new Set(samples.map(({ copies, way }) => `${copies} ${way}`));
    expect(cells.size).toBeGreaterThan(3 * 3);
    for (const cell of cells) {
      const [copies = '', id = ''] = cell.split(' ');
      const title = ways.find((way) => way.id === id)?.title ?? 'none';
      expect(text).toMatch(new RegExp(`\\| +${copies} \\| ${title.replaceAll('*', '\\*')} `));
    }
  });

  it('shows every way to dump, at every size', () => {
    const text = readFileSync(PERFORMANCE_PAGE, 'utf8');
    const tables = results.dump().results;
    expect(tables.length).toBeGreaterThan(1);
    for (const { heap, ways } of tables)
      for (const { title, samples } of ways) {
        expect(text).toContain(`| ${heap.padStart(3)} | ${title} `);
        expect(samples.length).toBeGreaterThanOrEqual(20);
      }
  });

  it('has plots with a line for every way to start', async () => {
    const result = results.matrix();
    const [plot] = await plotsOf(result);
    expect(plot?.svg).toMatch(/^<svg /);
    for (const { title, id } of result.trials) {
      const measured = result.statistics.some((row) => row.trial === id && row.measures.ms);
      if (measured) expect(plot?.svg).toContain(title.replaceAll(/[`*]/g, ''));
    }
  });

  it('has no plot of a single point', async () => {
    const result = results.matrix();
    const { samples } = result;
    const alone = samples.filter(({ workload, copies }) => workload === 'small' && copies === 1);
    expect(alone.length).toBeGreaterThan(0);
    expect(await plotsOf({ ...result, samples: alone })).toEqual([]);
  });

  it('is refused a text without markers', () => {
    expect(() => withSection('# tubthump', 'bench', '')).toThrow(/bench:start/);
    const twice = '<!-- a:start --><!-- a:end --><!-- a:start --><!-- a:end -->';
    expect(() => withSection(twice, 'a', '')).toThrow(/once each/);
  });
});
