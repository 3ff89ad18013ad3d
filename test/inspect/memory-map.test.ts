import { expect, it } from 'vitest';
import { memoryMap } from '../../src/inspect/memory-map.js';
import type { MappingReport } from '../../src/inspect/report.js';

const mapping: MappingReport = {
  ...{ start: '1000', end: '5000', size: 0x4000, access: 'rw-p' },
  ...{ kind: 'copied', name: 'anonymous', copied: 0x1000 },
  ...{ touched: 0, written: 0 },
};

/** Widths of the two boxes of each mapping: all of it, and what is in the image. */
function widths(svg: string): number[][] {
  const boxes = [...svg.matchAll(/<g>.*?width="([\d.]+)" opacity.*?width="([\d.]+)".*?<\/g>/g)];
  return boxes.map(([, all, stored]) => [Number(all), Number(stored)]);
}

it('fills each box by the share that is in the image', () => {
  const [[all = 0, stored = 0] = []] = widths(memoryMap([mapping]));
  expect(all).toBeGreaterThan(4);
  expect(stored / all).toBeCloseTo(0.25, 1);
  expect(widths(memoryMap([{ ...mapping, kind: 'empty', copied: 0 }]))[0]?.[1]).toBe(0);
});

it('has stripes for what copies touch and write', () => {
  const heap = { ...mapping, kind: 'heap', touched: 0x2000, written: 0x1000 } as const;
  const svg = memoryMap([heap]);
  const [[all = 0] = []] = widths(svg);
  const stripes = [...svg.matchAll(/class="(\w+)".*?width="([\d.]+)"/g)];
  expect(stripes.map(([, name, width]) => [name, Number(width) / all])).toEqual([
    ['touched', expect.closeTo(0.5, 1)],
    ['written', expect.closeTo(0.25, 1)],
  ]);
  expect(svg).toContain('8.2 kB in the working set, 4.1 kB written');
  expect(memoryMap([mapping])).not.toContain('class=');
});

it('goes on in the next row when one is full', () => {
  const svg = memoryMap(Array(200).fill(mapping));
  expect(new Set([...svg.matchAll(/ y="(\d+)"/g)].map(([, y]) => y)).size).toBeGreaterThan(2);
  const right = [...svg.matchAll(/x="(\d+)" y="\d+" height="\d+" fill="\S+" width="(\d+)" op/g)];
  for (const [, x, width] of right) expect(Number(x) + Number(width)).toBeLessThanOrEqual(1000);
});

it('lets nothing of an image become markup', () => {
  const svg = memoryMap([{ ...mapping, name: '</title><script>alert("1")</script>' }]);
  expect(svg).not.toContain('<script>');
  expect(svg).toContain('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)');
});
