import { expect, test } from 'vitest';
import { vmaWarning } from '../../src/checkpoint/vma-limit.js';

test('a service near the limit of mappings is warned of, with the setting to raise', async () => {
  expect(await vmaWarning(52_500, 65_530)).toContain('52500 of the 65530 mappings');
  expect(await vmaWarning(52_500, 65_530)).toContain('vm.max_map_count');
});

test('one that has room is not', async () => {
  expect(await vmaWarning(50_000, 65_530)).toBeUndefined();
  expect(await vmaWarning(162)).toBeUndefined();
});

test('images whose mappings nobody counted are not', async () => {
  expect(await vmaWarning(undefined, 100)).toBeUndefined();
});
